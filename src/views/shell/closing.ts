/** A sheet is told late that it has closed: another may be open by then. */
import { pageStore, type Sheet } from "../../store/page_store.ts";

export function closing(own: Sheet): () => void {
  return () => {
    const { sheet, openSheet } = pageStore.getState();
    if (sheet === own) openSheet(null);
  };
}
