/** The chapters of the map, in the order of the notes. */
import type { LessonHead } from "../../lessons/format/lesson_head.ts";
import type { Language } from "../../store/preferences.ts";

type ChapterId = "23" | "24" | "25" | "26" | "27" | "SSCursor";

interface Chapter {
  readonly id: ChapterId;
  readonly title: string;
  readonly says: string;
}

const EN: readonly Chapter[] = [
  { id: "23", title: "23 Transactions", says: "All or nothing, and who decides when." },
  { id: "24", title: "24 Isolation levels", says: "What one transaction sees of another." },
  {
    id: "25",
    title: "25 Locks",
    says: "From the whole server down to the gap between two records.",
  },
  { id: "26", title: "26 MVCC", says: "Versions, read views, undo: how readers do not wait." },
  { id: "27", title: "27 Data on its way", says: "net_buffer, sockets, slow clients." },
  { id: "SSCursor", title: "SSCursor", says: "Streaming results, 2013, 2014, and KILL." },
];

const ZH: readonly Chapter[] = [
  { id: "23", title: "23 事务处理", says: "要么全做，要么全不做；由谁、在何时决定。" },
  { id: "24", title: "24 事务的隔离级别", says: "一个事务看得见另一个事务的什么。" },
  { id: "25", title: "25 MySQL 中的锁", says: "从整个服务器，到两条记录之间的间隙。" },
  { id: "26", title: "26 MVCC 多版本并发控制", says: "版本、读视图、undo：读为什么不用等。" },
  { id: "27", title: "27 传输数据的原理", says: "net_buffer、套接字和慢客户端。" },
  { id: "SSCursor", title: "SSCursor", says: "流式结果、2013、2014 和 KILL。" },
];

export function chapters(language: Language): readonly Chapter[] {
  return language === "zh" ? ZH : EN;
}

/** A lesson of no section of the notes stands with the last. */
export function chapterOf(lesson: Pick<LessonHead, "section">): ChapterId {
  return EN.find(({ id }) => lesson.section.startsWith(id))?.id ?? "SSCursor";
}
