/** Makes links; loaded when somebody wants one. */
import type { PageStore } from "../page_store.ts";
import { putInAddress } from "./follow_address.ts";
import { fragmentOfPage } from "./page_link.ts";

/** The link to what is seen now; it stands in the address too. */
export function linkToHere(store: PageStore): string {
  const page = store.getState();
  const { language, layouts, stage } = page.preferences;
  const look = { selection: page.selection, language, layouts, stage };
  const fragment = fragmentOfPage(page, look);
  putInAddress(fragment);
  return window.location.href;
}
