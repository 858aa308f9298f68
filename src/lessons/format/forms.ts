/**
 * What may stand in a lesson's file, by example: the lesson editor lists it beside the text, and the checker's messages
 * name the forms that would have been right. README.md says the same at length.
 */
import type { InTwoLanguages } from "../lesson.ts";

export interface Form {
  /** As it is written. */
  readonly text: string;
  readonly says: InTwoLanguages;
}

export interface FormGroup {
  readonly id: "blocks" | "steps" | "claims" | "locks" | "questions" | "things" | "front";
  readonly title: InTwoLanguages;
  readonly forms: readonly Form[];
}

const form = (text: string, en: string, zh: string): Form => ({ text, says: { en, zh } });

export const FORMS: readonly FormGroup[] = [
  {
    id: "front",
    title: { en: "The first lines, between ---", zh: "开头 --- 之间的字段" },
    forms: [
      form("id: my-lesson", "small letters, digits, hyphens", "小写字母、数字、连字符"),
      form(
        "section: 25.1",
        "its chapter: 23 to 27, or SSCursor",
        "所属章节：23 到 27，或 SSCursor",
      ),
      form("title: English | 中文", "in both languages", "两种语言"),
      form("shows: English | 中文", "one sentence for the list", "目录里的一句话"),
      form("also: words, other words", "what else it is looked for by", "搜索时的其他叫法"),
      form(
        "view: locks",
        "the picture with the most room: locks, versions, waits, levels, streaming",
        "哪个图占最大的地方：locks、versions、waits、levels、streaming",
      ),
    ],
  },
  {
    id: "blocks",
    title: { en: "Blocks, from ```name to ```", zh: "代码块，从 ```名称 到 ```" },
    forms: [
      form("```setup", "tables and rows, before the first part", "表和数据，写在第一节之前"),
      form("## English | 中文", "begins a part", "开始一节"),
      form("```ask", "a question, before the steps", "提问，写在步骤之前"),
      form("```run", "the part's steps", "这一节的步骤"),
      form("```point", "things that are pinned in the picture", "在图上标出的东西"),
      form("```claims", "what must hold after the steps", "步骤之后必须成立的断言"),
      form(
        "```matrix ID | English | 中文",
        "before the first part: steps with {level}, and a line: reads 2 5",
        "写在第一节之前：含 {level} 的步骤，和一行 reads 2 5",
      ),
    ],
  },
  {
    id: "steps",
    title: { en: "Steps (run)", zh: "步骤（run）" },
    forms: [
      form("A> COMMIT", "a statement of session A (A to H)", "会话 A（A 到 H）的一条语句"),
      form("A> @disconnect", "A's client hangs up", "A 的客户端断开"),
      form(`C> KILL \${B}`, "with B's connection id in its place", "会换成 B 的连接 ID"),
      form("pass 51", "so many seconds go by", "过这么多秒"),
      form(
        'A client {"api": "MySQLdb.SSCursor", "rowMs": 100}',
        "A's client is simulated from here on",
        "从这里起模拟 A 的客户端",
      ),
      form("A call fetchone", "its program makes a call", "客户端程序调用一次"),
    ],
  },
  {
    id: "claims",
    title: { en: "Claims, about a session's last statement", zh: "断言，针对会话的最后一条语句" },
    forms: [
      form("A ok", "it succeeded", "成功"),
      form("A error 1062", "it failed", "出错"),
      form("A waits", "it waits", "在等待"),
      form("A waits for B", "and for whom", "在等谁"),
      form("A affected 1", "rows changed", "修改的行数"),
      form("A rows 1,10 / 2,NULL", "rows returned; (none) for no row", "返回的行；没有行写 (none)"),
      form("A gets 400 rows", "how many rows", "返回多少行"),
      form("A reads some text", "a cell or the message holds it", "某个格子或错误信息里有这段文字"),
      form("A woken", "it waited before this part, and ended", "之前在等，这一节里结束了"),
      form("A in transaction", "or: A not in transaction", "或 A not in transaction"),
      form("A gone", "disconnected", "连接已断开"),
      form("A lost", "the connection was lost", "连接丢失"),
      form("A level READ COMMITTED", "the isolation level", "隔离级别"),
      form("A has a trx id", "or: A has no trx id", "或 A has no trx id"),
      form(
        "plan A range PRIMARY",
        "how the table was read, and by which key",
        "访问方式和所用的键",
      ),
      form(
        "net A server.phase = waiting",
        "a result on its way; also <= and >=",
        "传输中的结果；也可用 <= 和 >=",
      ),
    ],
  },
  {
    id: "locks",
    title: { en: "Claims about locks and versions", zh: "断言，针对锁和版本" },
    forms: [
      form("lock A t.PRIMARY X,REC_NOT_GAP @ 5", "a record lock", "记录锁"),
      form("lock B t.c X WAITING @ 5, 5", "a request that waits", "在等待的请求"),
      form("lock A t IX", "a table lock", "表锁"),
      form(
        "locks A t = 3",
        "granted record locks; t may be left out",
        "已获得的行锁个数；t 可省略",
      ),
      form("mdl B t EXCLUSIVE PENDING", "a metadata lock", "元数据锁"),
      form("no mdl A t", "none", "没有元数据锁"),
      form("victim B", "of a deadlock in this part", "这一节里死锁的牺牲者"),
      form("no deadlock", "none in this part", "这一节里没有死锁"),
      form("view A", "has a read view; or: no view A", "有读视图；或 no view A"),
      form("versions t 1 = 3", "of the record with key 1", "键为 1 的记录的版本数"),
      form("history = 2", "length of the history list", "历史链表长度"),
    ],
  },
  {
    id: "questions",
    title: { en: "Questions (ask)", zh: "提问（ask）" },
    forms: [
      form(
        "- A waits | English | 中文",
        "```ask: an option is a claim; exactly one must come true",
        "```ask：选项就是断言，恰好一个成立",
      ),
      form(
        "ask locks A t.PRIMARY",
        "which records and gaps does A lock?",
        "A 锁住哪些记录和间隙？",
      ),
      form(
        "ask version A t 1",
        "which version of record 1 does A see?",
        "A 看到记录 1 的哪个版本？",
      ),
      form("ask victim", "who is rolled back?", "谁被回滚？"),
      form("ask wakes", "who goes on?", "谁能继续？"),
      form("ask blocks B", "for whom does B wait?", "B 在等谁？"),
    ],
  },
  {
    id: "things",
    title: {
      en: "Things, in [words](thing) and in point: thing | English | 中文",
      zh: "图里的东西，用于 [文字](东西) 和 point：东西 | English | 中文",
    },
    forms: [
      form("rec t.PRIMARY 5", "a record", "记录"),
      form("gap t.PRIMARY 5", "the gap before it; also supremum", "它之前的间隙；也可写 supremum"),
      form("lock A t.PRIMARY @ 5", "A's lock on it", "A 在它上面的锁"),
      form("lock A t IX", "A's lock on the table", "A 的表锁"),
      form("mdl A t", "A's metadata lock", "A 的元数据锁"),
      form("version t 1 2", "two versions back of record 1", "记录 1 往回第 2 个版本"),
      form(
        "view A",
        "A's read view; also: trx A, session A",
        "A 的读视图；也可写 trx A、session A",
      ),
      form("result A", "its results; also: editor A", "它的结果；也可写 editor A"),
      form("table t", "a table", "表"),
      form(
        "panel waits",
        "a panel: index, versions, waits, locks, levels, stream, log, timeline, sessions",
        "面板：index、versions、waits、locks、levels、stream、log、timeline、sessions",
      ),
      form("lesson deadlock-of-two", "a link to a lesson", "链接到另一课"),
    ],
  },
];

/** The forms of some groups as a message lists them. */
export function formsOf(...ids: readonly FormGroup["id"][]): string {
  return FORMS.filter(({ id }) => ids.includes(id))
    .flatMap(({ forms }) => forms.map(({ text }) => text))
    .join("; ");
}

/** Those that begin like the text, to be named first where somebody meant one of them; else a few of each kind. */
export function formsLike(text: string, ...ids: readonly FormGroup["id"][]): string {
  const all = FORMS.filter(({ id }) => ids.includes(id)).flatMap(({ forms }) => forms);
  const first = text.trim().split(/\s+/)[0] ?? "";
  const alike = all.filter((one) => /^[a-z]{2,}$/.test(first) && one.text.startsWith(first));
  return (alike.length > 0 ? alike : all).map((one) => one.text).join("; ");
}
