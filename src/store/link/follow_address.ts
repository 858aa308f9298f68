/**
 * The address and the page: a link that is put into the address is opened, and a link that the page has gone on from
 * leaves the address, so that a reload shows what was done and not what the link held.
 */
import type { PageStore } from "../page_store.ts";

const OPENS = /^#(s=|\/lesson\/)/;

/** A link that is put into the address bar of the open page opens by a reload; the page writes its own without one. */
export function followAddress(store: PageStore, opened: Promise<void>): void {
  window.addEventListener("hashchange", () => {
    if (OPENS.test(window.location.hash)) window.location.reload();
  });
  void opened.then(() => {
    store.subscribe((page, old) => {
      const isSame = page.script === old.script && page.texts === old.texts;
      if (!isSame && OPENS.test(window.location.hash)) putInAddress("#/playground");
    });
  });
}

/** Without an entry in the history, and without `hashchange`. */
export function putInAddress(fragment: string): void {
  try {
    window.history.replaceState(
      null,
      "",
      `${window.location.pathname}${window.location.search}${fragment}`,
    );
  } catch {
    // Browsers allow so many changes a second, and none in some frames: the address stays as it is.
  }
}
