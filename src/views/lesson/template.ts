/** What a new lesson begins with: an example that holds, or what the playground has now. */
import { stepText } from "../../lessons/format/parse_steps.ts";
import type { Scenario } from "../../trace/scenario.ts";

export const TEMPLATE = `---
id: my-lesson
section: 25
title: Who gets the row? | 谁得到这一行？
shows: One sentence for the map. | 一句话，写在目录里。
view: locks
notes:
---
\`\`\`setup
CREATE TABLE t (id INT NOT NULL, v INT, PRIMARY KEY (id)) ENGINE=InnoDB;
INSERT INTO t VALUES (1, 10), (2, 20);
\`\`\`

en: What the lesson is about. \`code\`, **strong**, and [a thing in the picture](rec t.PRIMARY 1) can be written inside.
zh: 这一课讲什么。可以写 \`代码\`、**强调**，以及[图里的东西](rec t.PRIMARY 1)。

## A takes the row | A 先拿到这一行
en: What is said before the statements run.
zh: 执行之前说的话。
\`\`\`run
A> BEGIN
A> UPDATE t SET v = 11 WHERE id = 1
\`\`\`
en: What is said when they have run: [A's lock](lock A t.PRIMARY @ 1).
zh: 执行之后说的话：[A 的锁](lock A t.PRIMARY @ 1)。
\`\`\`point
lock A t.PRIMARY @ 1 | A's lock | A 的锁
\`\`\`
\`\`\`claims
A affected 1
lock A t.PRIMARY X,REC_NOT_GAP @ 1
\`\`\`

## B wants it too | B 也想要
\`\`\`ask
en: What happens to B?
zh: B 会怎样？
- B waits
- B ok
- B error 1205 | It fails after a while | 过一会儿出错
\`\`\`
\`\`\`run
B> UPDATE t SET v = 12 WHERE id = 1
\`\`\`
en: The answer comes from the engine: it is never written here.
zh: 答案由引擎给出，这里从不写答案。
\`\`\`claims
B waits for A
\`\`\`
`;

/** The tables and steps of a scenario as a lesson to be written on: one part for each run of statements of a session. */
export function lessonOfScript(scenario: Scenario): string {
  const groups: string[][] = [];
  let last: string | null = null;
  for (const step of scenario.steps) {
    const who = "session" in step ? step.session : null;
    if (who !== null && who === last) groups.at(-1)?.push(stepText(step));
    else groups.push([stepText(step)]);
    last = who;
  }
  const parts = groups.map(
    (lines, at) =>
      `## Part ${at + 1} | 第 ${at + 1} 节\nen: …\nzh: ……\n\`\`\`run\n${lines.join("\n")}\n\`\`\`\n\`\`\`claims\n\`\`\`\n`,
  );
  const setup = scenario.setup.map((sql) => `${sql};`).join("\n");
  return `---
id: my-lesson
section: 25
title: A title | 标题
shows: One sentence for the map. | 一句话，写在目录里。
view: locks
notes:
---
\`\`\`setup
${setup}
\`\`\`

${parts.join("\n")}`;
}
