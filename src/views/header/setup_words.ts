/** The words of the sheet with the tables at the start. */
import type { Language } from "../../store/preferences.ts";

const en = {
  title: "Tables and rows at the start",
  hint: "These statements run before the first step. Opening them starts a new server on which nothing has been run yet.",
  hintAgain:
    "These statements run before the first step, on a new server. If the same statements are run on it again, Compare… shows both runs. Undo leads back.",
  open: "Start with these tables",
  again: "Run the same statements on them",
};

const zh: typeof en = {
  title: "开始时的表和数据",
  hint: "这些语句在第一步之前执行。打开之后是一个全新的服务器，什么都还没有执行过。",
  hintAgain:
    "这些语句在第一步之前执行，在一个全新的服务器上。如果把同样的语句再执行一遍，可以用“对比…”并排看两次的结果。撤销可以回到原来。",
  open: "用这些表开始",
  again: "在这些表上重新执行同样的语句",
};

export const SETUP_WORDS: Readonly<Record<Language, typeof en>> = { en, zh };
