/**
 * Finding lessons by the words that a reader sees in them: titles, prose, questions, statements, sections; never the
 * markup behind. Spaces and case do not count, and the usual names of one thing find each other.
 */
import { inlineOf } from "../../lessons/format/inline.ts";
import type { LessonText, Prose } from "../../lessons/format/lesson_text.ts";
import { stepText } from "../../lessons/format/parse_steps.ts";
import type { InTwoLanguages, Lesson } from "../../lessons/lesson.ts";

/** What people write around the thing that they ask for. */
const FILLERS =
  /为什么|为何|怎么办|怎么|怎样|如何|什么是|是什么|什么|[吗呢的？?！!。，,]|\b(?:why|how|what|when|does|do|is|are|the|an?|my|to)\b/gi;

/** Traditional characters in the words of the field, each before its simplified one. */
const TRADITIONAL = new Map(
  [
    ..."間间鎖锁記记錄录讀读寫写級级離离務务樂乐觀观併并發发鏈链圖图視视緩缓衝冲區区網网絡络資资庫库錶表預预設设檢检測测會会話话語语執执輯辑滾滚還还點点項项範范圍围動动態态環环現现鍵键斷断連连線线複复雜杂獲获釋释",
  ]
    .join("")
    .match(/../gu)
    ?.map((pair) => [...pair] as [string, string]),
);

/** Each line is one thing under several names; the lessons use one of them. */
const SYNONYMS: readonly (readonly string[])[] = [
  ["排他锁", "排它锁", "独占锁", "写锁", "exclusive lock", "x lock"],
  ["共享锁", "读锁", "shared lock", "s lock"],
  ["读视图", "readview", "一致性视图", "read view"],
  ["回滚指针", "roll pointer", "db_roll_ptr"],
  ["事务 id", "事务id", "事务编号", "transaction id", "trx id", "db_trx_id"],
  ["锁等待超时", "超时", "1205", "lock wait timeout"],
  ["临键锁", "next-key", "nextkey"],
  ["间隙锁", "gap lock", "gap locks"],
  ["记录锁", "行锁", "record lock", "row lock"],
  ["意向锁", "intention lock"],
  ["元数据锁", "mdl", "metadata lock"],
  ["快照读", "一致性读", "snapshot read", "consistent read"],
  ["当前读", "锁定读", "current read", "locking read"],
  ["版本链", "version chain"],
  ["幻读", "幻行", "幻影", "phantom"],
  ["死锁", "deadlock", "1213", "死锁日志", "latest detected deadlock"],
  ["二级索引", "普通索引", "辅助索引", "回表", "secondary index"],
  ["流式", "流式读取", "sscursor", "use_result", "streaming"],
  ["fetchmany", "fetchone", "fetchall"],
  ["卡住", "堵住", "挡住", "阻塞"],
  ["没有索引", "没走索引", "不走索引", "没用索引", "没用上索引", "无索引", "without an index"],
  ["可重复读", "repeatable read", "rr"],
  ["读已提交", "读提交", "不可重复读", "read committed", "rc"],
  ["读未提交", "read uncommitted", "脏读", "dirty read"],
  ["串行化", "可串行化", "serializable"],
  ["乐观锁", "optimistic"],
  ["悲观锁", "pessimistic"],
  ["全局读锁", "ftwrl", "flush tables with read lock"],
  ["保存点", "savepoint"],
];

/** The search as one word, or else every word of it, stands in the lesson. The name of a thing is never taken apart. */
export function fits(lesson: LessonText, search: string): boolean {
  const words = wordsOf(search);
  if (words.length === 0) return true;
  return fitsText(textOf(lesson), search, words);
}

/** As a lesson, one of the playground's examples: title, what is told of it, tables, what stands in its editors. */
export function fitsExample(
  { title, intro, scenario, editors }: Pick<Lesson, "title" | "intro" | "scenario" | "editors">,
  search: string,
): boolean {
  const seen = [title, intro].flatMap(({ en, zh }) => [en, zh]);
  const text = searchText([...seen, ...scenario.setup, ...Object.values(editors)].join("\n"));
  const words = wordsOf(search);
  return words.length > 0 && fitsText(text, search, words);
}

/**
 * How many words of the search stand in the lesson, and of Chinese, which has no spaces, how many pairs of characters: where no
 * lesson has all of them, those with most of them come near.
 */
export function wordsHeld(lesson: LessonText, search: string): number {
  const text = textOf(lesson);
  const pieces = wordsOf(search).flatMap((word) =>
    (word.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? []).flatMap((run) =>
      /^\p{Script=Han}{3}/u.test(run) ? pairsOf(run) : [run],
    ),
  );
  return pieces.filter((piece) => holds(text, piece)).length;
}

function pairsOf(run: string): readonly string[] {
  const characters = [...run];
  return characters.slice(1).map((one, at) => `${characters[at]}${one}`);
}

/** Without what stands around them, unless nothing else is there. */
function wordsOf(search: string): readonly string[] {
  const words = (text: string): readonly string[] => text.trim().split(/\s+/).filter(Boolean);
  const asked = words(search.replace(FILLERS, " "));
  return asked.length > 0 ? asked : words(search);
}

/**
 * How well the lesson's own head answers the search, in either language: 0 when the title begins with it, 1 when it is in the
 * title or what the lesson is also called, 2 in what the lesson shows or in such a name, 3 not at all.
 */
export function rankOf(head: Pick<LessonText, "title" | "shows" | "also">, search: string): number {
  const names = [search, ...synonymsOf(search)].map(flat);
  const begins = (title: string) => names.some((name) => flat(title).startsWith(name));
  if (begins(head.title.en) || begins(head.title.zh)) return 0;
  const also = head.also.split(",").map(flat);
  if (fitsTitle(head.title, search) || names.some((name) => also.includes(name))) return 1;
  const isIn = (text: InTwoLanguages): boolean => fitsTitle(text, search);
  return isIn(head.shows) || isIn({ en: head.also, zh: "" }) ? 2 : 3;
}

/** Already the title, in either language, answers the search. */
export function fitsTitle(title: InTwoLanguages, search: string): boolean {
  const words = wordsOf(search);
  return words.length > 0 && fitsText(searchText(`${title.en}\n${title.zh}`), search, words);
}

function fitsText(text: SearchText, search: string, words: readonly string[]): boolean {
  if (holds(text, search)) return true;
  const isName = SYNONYMS.some((names) => names.some((name) => flat(name) === flat(search)));
  return !isName && words.every((word) => holds(text, word));
}

function holds(text: SearchText, wanted: string): boolean {
  return [wanted, ...synonymsOf(wanted)].some((name) => stands(text, name));
}

function synonymsOf(wanted: string): readonly string[] {
  return SYNONYMS.filter((names) => names.some((name) => flat(name) === flat(wanted))).flat();
}

/** Two or three Latin letters are a word of their own: "RR" is not in "error". */
function stands(text: SearchText, name: string): boolean {
  if (!/^[a-z0-9]{1,3}$/i.test(name)) return text.flat.includes(flat(name));
  return text.words.has(name.toLowerCase());
}

interface SearchText {
  readonly flat: string;
  readonly words: ReadonlySet<string>;
}

const known = new WeakMap<LessonText, SearchText>();

function textOf(lesson: LessonText): SearchText {
  const before = known.get(lesson);
  if (before !== undefined) return before;
  const made = searchText(seenIn(lesson));
  known.set(lesson, made);
  return made;
}

function searchText(seen: string): SearchText {
  return {
    flat: flat(seen),
    words: new Set(seen.toLowerCase().match(/[a-z0-9]+/g) ?? []),
  };
}

function seenIn(lesson: LessonText): string {
  const both = ({ en, zh }: InTwoLanguages): string => `${en}\n${zh}`;
  const parts = lesson.parts.flatMap(({ title, before, after, question, points, steps }) => [
    both(title),
    proseText(before),
    proseText(after),
    question === null ? "" : both(question.text),
    ...points.map(({ says }) => both(says)),
    ...steps.map(stepText),
  ]);
  const matrix = lesson.matrix.flatMap(({ title, steps }) => [both(title), ...steps.map(stepText)]);
  const { section, title, shows, also, intro, setup } = lesson;
  const head = [section, both(title), both(shows), also, proseText(intro)];
  return [...head, ...setup, ...matrix, ...parts].join("\n");
}

function proseText({ en, zh }: Prose): string {
  return [...en, ...zh]
    .map((paragraph) =>
      inlineOf(paragraph)
        .map(({ text }) => text)
        .join(""),
    )
    .join("\n");
}

/** Without case, spaces and the hyphens between words; in simplified characters. */
function flat(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s\u3000_-]+/g, "")
    .replaceAll(/\p{Script=Han}/gu, (one) => TRADITIONAL.get(one) ?? one);
}
