/** Whether the text that is run now is another than the one that was run before. A frame in a post has no such texts and leaves this out. */
import type { SessionName } from "../../trace/ids.ts";
import type { PageState, TextEdit } from "../page_store.ts";

/** Null where the session's text is as it ran, or has only got more statements. */
export function editBetween(
  session: SessionName,
  { ranTexts, texts }: Pick<PageState, "ranTexts" | "texts">,
): TextEdit | null {
  const [from = "", to = ""] = [ranTexts[session], texts[session]];
  return hasOnlyGrown(from, to) ? null : { session, from, to };
}

/** Whether whole statements have come in, and nothing else has changed. */
function hasOnlyGrown(from: string, to: string): boolean {
  const [before, after] = [from.trimEnd(), to.trimEnd()];
  if (before === "" || before === after) return true;
  if (after.startsWith(before)) return before.endsWith(";");
  return after.endsWith(before) && /;\s*$/.test(after.slice(0, -before.length));
}
