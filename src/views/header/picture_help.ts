/** What a newcomer sees on the page and cannot name; the legend has the shapes. */
import type { Language } from "../../store/preferences.ts";

interface PictureHelp {
  readonly title: string;
  readonly lines: readonly string[];
  readonly gallery: string;
}

export const PICTURE_HELP: Readonly<Record<Language, PictureHelp>> = {
  en: {
    title: "What the pictures show",
    lines: [
      "A line is an index: its boxes are records, the slots between them gaps. Under it each session has a lane, and a shape in a lane is a lock, below what it locks; dashed ones are still waited for. The legend names every shape; choose an entry to see those alone.",
      "Choose a lock, a record, a session that waits or a line of the log: all that belongs to it lights up, and the panel Why? answers for it. Point at a gap to read what an INSERT there would do.",
      "On the timeline a bar is a statement, hatched while it waits. A red cross in a bar is an error; one on its own is a step that could not be run. “By an event” goes into a statement, “by a statement” past it.",
      "A narrow strip with a frame is the whole of a long line, or of all events; the frame is what you see. Drag it.",
    ],
    gallery: "Every diagram in its states: the gallery",
  },
  zh: {
    title: "图上是什么",
    lines: [
      "一条横线是一个索引：方框是记录，方框之间的槽是间隙。线下面每个会话有一道，道里的图形是锁，画在它锁住的东西下方；虚线的还在等待。图例写着每种图形的名字，点一项就只突出这一种。",
      "点一个锁、一条记录、正在等待的会话或日志里的一行：相关的都会亮起来，“为什么？”面板会回答它。指向或点一个间隙，可以看到在那里 INSERT 会怎样。",
      "时间线上一条横条是一条语句，斜线部分是在等待。横条里的红叉是错误，单独的红叉是没能执行的一步。“一个事件”会走进语句内部，“一条语句”则整条走过。",
      "带框的细条是整条索引线或全部事件，框里是眼前的部分，可以拖动。",
    ],
    gallery: "每种图的各种样子：图示陈列",
  },
};
