/**
 * What is said of a thing that somebody points at, besides what it is, in both languages: loaded with what finds it
 * (`sentences.ts`), as few readers of an embed point at anything.
 */
import type { LockKind } from "../../diagrams/lock_shapes.ts";
import type { GapBounds } from "../../trace/gap_bounds.ts";
import type { GapEdges } from "../../trace/gap_edges.ts";
import type { StageWords } from "./words.ts";

/** A lock that an INSERT would wait for. */
export interface HeldText {
  readonly session: string;
  readonly kind: LockKind;
  /** The key of its record. */
  readonly data: string;
  readonly isSupremum: boolean;
  readonly isWaiting: boolean;
}

export interface LockText {
  readonly session: string;
  readonly kind: LockKind;
  readonly mode: string;
  readonly modeText: string;
  /** "t.PRIMARY". */
  readonly on: string;
  /** The key of its record. */
  readonly data: string;
  readonly isSupremum: boolean;
  readonly gap: GapBounds | null;
  readonly blockers: readonly string[];
}

type Between = (gap: GapBounds) => string;

const enList = (names: readonly string[]): string => names.join(", ");
const zhList = (names: readonly string[]): string => names.join("、");

const enPlace = (lock: LockText, between: Between): string => {
  const gap = lock.gap === null ? "" : ` (${between(lock.gap)})`;
  if (lock.isSupremum) return `${lock.on}, on the supremum: the gap behind the last record${gap}`;
  switch (lock.kind) {
    case "record":
      return `${lock.on}, on record ${lock.data} alone`;
    case "gap":
      return `${lock.on}, on the gap before ${lock.data}${gap}`;
    case "nextKey":
      return `${lock.on}, on record ${lock.data} and the gap before it${gap}`;
    case "insertIntention":
      return `${lock.on}, for the gap before ${lock.data}${gap}`;
  }
};

const enHeld = (lock: HeldText): string => {
  const where = lock.isSupremum ? "behind the last record" : `before ${lock.data}`;
  const what =
    lock.kind === "nextKey" && !lock.isSupremum
      ? `next-key lock on ${lock.data}`
      : `gap lock ${where}`;
  return `${lock.session}'s ${what}${lock.isWaiting ? " (which waits itself)" : ""}`;
};

const zhPlace = (lock: LockText, between: Between): string => {
  const gap = lock.gap === null ? "" : `（${between(lock.gap)}）`;
  if (lock.isSupremum) return `${lock.on} 的 supremum，即最后一条记录之后的间隙${gap}`;
  switch (lock.kind) {
    case "record":
      return `${lock.on} 的记录 ${lock.data}（只锁记录）`;
    case "gap":
      return `${lock.on} 中 ${lock.data} 之前的间隙${gap}`;
    case "nextKey":
      return `${lock.on} 的记录 ${lock.data} 及其之前的间隙${gap}`;
    case "insertIntention":
      return `${lock.on} 中 ${lock.data} 之前的间隙${gap}`;
  }
};

const zhHeld = (lock: HeldText): string => {
  const where = lock.isSupremum ? "最后一条记录之后" : `${lock.data} 之前`;
  const what =
    lock.kind === "nextKey" && !lock.isSupremum ? `${lock.data} 上的临键锁` : `${where}的间隙锁`;
  return `${lock.session} 在 ${what}${lock.isWaiting ? "（它自己也在等）" : ""}`;
};

const en = ({ kinds, between }: StageWords) => ({
  lockSentence: (lock: LockText, isGhost: boolean): string =>
    `${lock.session} ${isGhost ? "would hold" : "holds"} a${lock.kind === "insertIntention" ? "n" : ""} ${kinds[lock.kind]} (${lock.modeText}) in ${enPlace(lock, between)}.`,
  waitSentence: (lock: LockText, isGhost: boolean): string =>
    `${lock.session} ${isGhost ? "would wait" : "waits"} for a${lock.kind === "insertIntention" ? "n" : ""} ${kinds[lock.kind]} (${lock.modeText}) in ${enPlace(lock, between)}.`,
  recDeleted:
    "It is delete-marked: deleted, but still there until no read view needs it and purge removes it.",
  recWriter: (session: string) => `${session} changed it and has not committed.`,
  recOlder: (count: number) =>
    count === 1
      ? "One older version is kept in the undo log."
      : `${count} older versions are kept in the undo log.`,
  recLocked: (names: readonly string[]) => `Locked by ${enList(names)}.`,
  recWaited: (names: readonly string[]) => `Waiting for it: ${enList(names)}.`,
  recFree: "No lock on it.",
  gapFree: (key: number | null) =>
    `No lock on it: an INSERT${key === null ? " here" : ` of ${key}`} goes ahead.`,
  gapEdges: ({ primary, low, high }: GapEdges) => {
    if (low !== null && low.value === high?.value)
      return `It lies inside ${low.value}: ${primary} between ${low.primary} and ${high.primary}.`;
    const parts = [
      ...(low === null ? [] : [`${low.value} with ${primary} > ${low.primary}`]),
      ...(high === null ? [] : [`${high.value} with ${primary} < ${high.primary}`]),
    ];
    return `At its edges too: ${parts.join(", and ")}.`;
  },
  gapHeld: (locks: readonly HeldText[]) =>
    `On it: ${locks.map(enHeld).join(" and ")}. Nobody else can insert here before that is given back.`,
  gapsBeside: (indexes: readonly string[], names: readonly string[]) =>
    `But a row needs a place in ${enList(indexes)} too, where ${enList(names)} locked gaps.`,
  insertGoesAhead: (key: number | null, names: readonly string[]) =>
    names.length === 0
      ? ""
      : `INSERT${key === null ? "" : ` of ${key}`} by ${names.join(" or ")} would go ahead.`,
  insertWaitsForMdl: (key: number | null, name: string, holder: string, mode: string) =>
    `INSERT${key === null ? "" : ` of ${key}`} by ${name} would wait before it gets here: for ${holder}'s metadata lock ${mode}.`,
  insertWaits: (key: number | null, name: string, locks: readonly HeldText[]) =>
    `INSERT${key === null ? "" : ` of ${key}`} by ${name} would wait for ${locks.map(enHeld).join(" and ")}.`,
});

type PointedWords = ReturnType<typeof en>;

const zh = ({ kinds, between }: StageWords): PointedWords => ({
  lockSentence: (lock, isGhost) =>
    `${lock.session} ${isGhost ? "会持有" : "持有"}${kinds[lock.kind]}（${lock.modeText}）：${zhPlace(lock, between)}。`,
  waitSentence: (lock, isGhost) =>
    `${lock.session} ${isGhost ? "会等待" : "在等"}${kinds[lock.kind]}（${lock.modeText}）：${zhPlace(lock, between)}。`,
  recDeleted: "它打了删除标记：已删除，但要等没有读视图需要它、由 purge 清除后才真正消失。",
  recWriter: (session) => `${session} 修改了它，还没有提交。`,
  recOlder: (count) => `undo 日志里还保留着 ${count} 个旧版本。`,
  recLocked: (names) => `加锁的会话：${zhList(names)}。`,
  recWaited: (names) => `在等它的会话：${zhList(names)}。`,
  recFree: "上面没有锁。",
  gapFree: (key) => `上面没有锁：在这里 INSERT${key === null ? "" : ` ${key}`} 可以直接进行。`,
  gapEdges: ({ primary, low, high }) => {
    if (low !== null && low.value === high?.value)
      return `它在 ${low.value} 里面：${primary} 在 ${low.primary} 与 ${high.primary} 之间。`;
    const parts = [
      ...(low === null ? [] : [`${low.value} 且 ${primary} > ${low.primary}`]),
      ...(high === null ? [] : [`${high.value} 且 ${primary} < ${high.primary}`]),
    ];
    return `边上也算在内：${parts.join("，")}。`;
  },
  gapHeld: (locks) =>
    `上面有 ${locks.map(zhHeld).join("和 ")}：释放之前，别的会话都不能在这里插入。`,
  gapsBeside: (indexes, names) =>
    `但一行还要在 ${zhList(indexes)} 里占一个位置，那里有 ${zhList(names)} 锁住的间隙。`,
  insertGoesAhead: (key, names) =>
    names.length === 0
      ? ""
      : `${names.join(" 或 ")} 在这里 INSERT${key === null ? "" : ` ${key}`} 可以直接进行。`,
  insertWaitsForMdl: (key, name, holder, mode) =>
    `${name} 在这里 INSERT${key === null ? "" : ` ${key}`}，还没走到这里就要等 ${holder} 的元数据锁 ${mode}。`,
  insertWaits: (key, name, locks) =>
    `${name} 在这里 INSERT${key === null ? "" : ` ${key}`} 要等 ${locks.map(zhHeld).join("和 ")}。`,
});

/** `words`: the dictionary of the same language. */
export function pointedWords(words: StageWords): PointedWords {
  return words.language === "zh" ? zh(words) : en(words);
}
