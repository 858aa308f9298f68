/** No tables and nothing run: to begin with CREATE TABLE oneself. */
import type { Lesson } from "./lesson.ts";

export const playground: Lesson = {
  id: "playground",
  arrangement: "locks",
  title: { en: "Empty playground", zh: "空白演练场" },
  intro: {
    en: "A fresh server with an empty database. Create a table, put rows into it and open transactions in both sessions; the pictures follow. Tables… in the examples menu, at the top of the page, makes tables before the first step, so that they are there whenever you start over.",
    zh: "一个全新的服务器，数据库是空的。建表、插入数据，再在两个会话里打开事务，图会跟着变。用页面顶部示例菜单里的“建表…”建的表，“从头开始”后仍会保留。",
  },
  scenario: { id: "playground", setup: [], steps: [] },
  editors: {},
};
