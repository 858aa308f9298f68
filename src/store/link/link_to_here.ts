/** Makes links; loaded when somebody wants one. */
import type { PageStore } from "../page_store.ts";
import { putInAddress } from "./follow_address.ts";
import { fullFragmentOfPage, type LeftOut } from "./page_link.ts";

/** Some mail programs and chats cut what is longer. */
export const LONG_LINK = 2000;

/** The link to what is seen now, which stands in the address too, and what would have made it long. */
export function linkToHere(store: PageStore): { readonly link: string; readonly left: LeftOut } {
  const page = store.getState();
  const { language, layouts, stage } = page.preferences;
  const look = { selection: page.selection, language, layouts, stage };
  const { origin, pathname, search } = window.location;
  const room = LONG_LINK - `${origin}${pathname}${search}`.length;
  const { fragment, left } = fullFragmentOfPage(page, look, room);
  putInAddress(fragment);
  return { link: window.location.href, left };
}
