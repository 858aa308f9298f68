/** The comparisons of a version with a read view, in Chinese. */
import { list } from "../explain/zh/words.ts";
import type { CheckCase, VisibilityWords } from "./visibility_words.ts";

export const chineseVisibility: VisibilityWords = { compared };

function compared({ trxId, creator, up, low, ids }: CheckCase): readonly string[] {
  if (trxId === creator && creator !== 0) return [`${trxId} = ${creator}：是它自己的事务。可见。`];
  const out = [`${trxId} 是读视图自己的事务吗（${creator === 0 ? "还没有 id" : creator}）？不是。`];
  if (trxId < up) return [...out, `${trxId} < ${up}（低水位）：在打开视图之前已提交。可见。`];
  out.push(`${trxId} < ${up}（低水位）？否。`);
  if (trxId >= low) return [...out, `${trxId} ≥ ${low}（高水位）：在视图之后才开始。不可见。`];
  out.push(`${trxId} ≥ ${low}（高水位）？否。`);
  const among = ids.length === 0 ? "无" : list(ids);
  return [
    ...out,
    ids.includes(trxId)
      ? `${trxId} 在当时活跃的 id 之中（${among}）。不可见。`
      : `${trxId} 不在当时活跃的 id 之中（${among}）：已提交。可见。`,
  ];
}
