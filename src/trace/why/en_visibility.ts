/** The comparisons of a version with a read view, in English. */
import { list } from "../explain/en/words.ts";
import type { CheckCase, VisibilityWords } from "./visibility_words.ts";

export const englishVisibility: VisibilityWords = { compared };

function compared({ trxId, creator, up, low, ids }: CheckCase): readonly string[] {
  const out: string[] = [];
  if (trxId === creator && creator !== 0)
    return [`${trxId} = ${creator}: its own transaction. Visible.`];
  out.push(`Is ${trxId} its own transaction (${creator === 0 ? "it has no id" : creator})? No.`);
  if (trxId < up)
    return [...out, `${trxId} < ${up} (low water mark): committed before the view. Visible.`];
  out.push(`${trxId} < ${up} (low water mark)? No.`);
  if (trxId >= low) {
    return [...out, `${trxId} ≥ ${low} (high water mark): began after the view. Not visible.`];
  }
  out.push(`${trxId} ≥ ${low} (high water mark)? No.`);
  const among = ids.length === 0 ? "none" : list(ids);
  return [
    ...out,
    ids.includes(trxId)
      ? `${trxId} is among the ids that were active (${among}). Not visible.`
      : `${trxId} is not among the ids that were active (${among}): it had committed. Visible.`,
  ];
}
