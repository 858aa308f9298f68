import { describe, expect, it } from "vitest";
import { checkLesson } from "../../src/lessons/format/check_lesson.ts";
import { parseClaim } from "../../src/lessons/format/claims.ts";
import { FORMS } from "../../src/lessons/format/forms.ts";
import { parseLesson } from "../../src/lessons/format/parse_lesson.ts";
import { stepsOf } from "../../src/lessons/format/parse_steps.ts";
import { parsePointer } from "../../src/lessons/format/pointer.ts";
import { answersAfter, choicesBefore } from "../../src/lessons/format/questions.ts";
import { reasonsFor } from "../../src/lessons/format/reasons.ts";
import { sceneOf } from "../../src/lessons/format/scene.ts";
import { scenarioOf, stepsBefore } from "../../src/lessons/format/steps_of.ts";
import { TEMPLATE } from "../../src/views/lesson/template.ts";
import { played } from "../tools/lesson_files.ts";

/** What the checker says about the template when a part of its text is another. */
function findings(from: string, to: string): readonly string[] {
  expect(TEMPLATE).toContain(from);
  const { lesson, problems } = parseLesson(TEMPLATE.replace(from, to));
  const checked = checkLesson(lesson, played(scenarioOf(lesson)), new Set([lesson.id]));
  return [...problems, ...checked].map(({ line, message }) => `${line}: ${message.en}`);
}

describe("a lesson's text", () => {
  it("is read whole, and the template holds", () => {
    expect(findings("id: my-lesson", "id: my-lesson")).toEqual([]);
    const { lesson } = parseLesson(TEMPLATE);
    expect(lesson.parts.map(({ steps }) => steps.length)).toEqual([2, 1]);
    expect(lesson.parts[0]?.title).toEqual({ en: "A takes the row", zh: "A 先拿到这一行" });
    expect(lesson.setup).toHaveLength(2);
  });

  it.each([
    [
      "a wrong claim",
      "B waits for A",
      "B affected 1",
      "does not hold: B affected 1 (the engine says: waits)",
    ],
    ["no claim", "B waits for A", "B thinks", "not a claim: B thinks"],
    ["a missing translation", "zh: 执行之前说的话。", "", "missing translation: no zh: paragraph"],
    [
      "a title in one language",
      "## B wants it too | B 也想要",
      "## B wants it too",
      "missing translation",
    ],
    ["a question in one language", "zh: B 会怎样？", "", "a question needs en: and zh:"],
    [
      "an unknown reference",
      "(rec t.PRIMARY 1)。",
      "(rock t.PRIMARY 1)。",
      "unknown reference: rock t.PRIMARY 1",
    ],
    [
      "a lock that is not there",
      "[A's lock](lock A t.PRIMARY @ 1)",
      "[A's lock](lock A t.PRIMARY @ 2)",
      "there is no such thing here",
    ],
    ["an unknown lesson", "(rec t.PRIMARY 1) can", "(lesson other) can", "unknown lesson: other"],
    [
      "a pointer to nothing",
      "lock A t.PRIMARY @ 1 | A's",
      "lock C t.PRIMARY @ 1 | A's",
      "there is no such thing after this part",
    ],
    [
      "a question that nothing answers",
      "- B waits",
      "- B error 1213",
      "0 of the choices come true",
    ],
    ["a question with two answers", "- B ok", "- B waits for A", "2 of the choices come true"],
    ["a step that is none", "A> BEGIN", "A: BEGIN", "not a step: A: BEGIN"],
    ["an unknown block", "```point", "```pin", "unknown block: pin"],
    ["a misspelt statement", "A> BEGIN", "A> BEGIM", "21: this statement fails with error 1064"],
    ["a claim of the wrong form, told the right ones", "A affected 1", "A sees 1", "A rows 1,10"],
    ["an unknown section", "section: 25", "section: seats", "3: section: seats is no chapter"],
    [
      "a reference in its own line",
      "[A's lock](lock A t.PRIMARY @ 1).",
      "[A's lock](lok A t.PRIMARY @ 1).",
      "24: unknown reference: lok A t.PRIMARY @ 1",
    ],
    ["an unknown field", "view: locks", "vue: locks", "unknown field: vue"],
    [
      "steps about which nothing is claimed",
      "```claims\nB waits for A\n```\n",
      "",
      "nothing is claimed",
    ],
  ])("is refused with %s", (_, from, to, said) => {
    expect(findings(from, to).join("\n")).toContain(said);
  });

  it("with one fence missing has one problem for it, and is read on", () => {
    const missing = TEMPLATE.replace("WHERE id = 1\n```", "WHERE id = 1");
    const { lesson, problems } = parseLesson(missing);
    expect(problems.map(({ message }) => message.en)).toEqual([
      "the block run is not closed: it ends with ```",
    ]);
    expect(lesson.parts.map(({ steps }) => steps.length)).toEqual([2, 1]);
    const unopened = parseLesson(TEMPLATE.replace("```run\nA> BEGIN", "A> BEGIN"));
    expect(unopened.problems.length).toBeLessThanOrEqual(3);
    expect(unopened.lesson.parts).toHaveLength(2);
  });

  it("names every form that it can read in the messages and in the page's list", () => {
    for (const { id, forms } of FORMS) {
      for (const { text } of forms) {
        if (id === "claims" || id === "locks") expect(parseClaim(text), text).not.toBeNull();
        if (id === "things" && !text.startsWith("lesson")) {
          expect(parsePointer(text), text).not.toBeNull();
        }
        if (id === "steps") expect(stepsOf([{ text, line: 1 }], () => {})).toHaveLength(1);
      }
    }
  });

  it("is never the end of the reader: any text gives a lesson and its problems", () => {
    for (const text of [
      "",
      "---",
      "```",
      "## ",
      "en:",
      "---\nid: x\n---\n```run\nA> \n",
      "\u0000",
    ]) {
      expect(parseLesson(text).problems.length).toBeGreaterThan(0);
    }
  });
});

describe("answers come from the engine", () => {
  const SETUP = `---
id: x
section: 25
title: a | b
shows: a | b
view: locks
---
\`\`\`setup
CREATE TABLE t (id INT NOT NULL, v INT, PRIMARY KEY (id)) ENGINE=InnoDB;
INSERT INTO t VALUES (1, 10), (5, 50);
\`\`\`
## one | one
\`\`\`run
A> BEGIN
A> SELECT * FROM t
\`\`\`
## two | two
`;

  /** Of the last part, whose text this is. */
  function asked(part: string) {
    const { lesson } = parseLesson(SETUP + part);
    const at = lesson.parts.length - 1;
    const last = lesson.parts[at];
    const question = last?.question ?? null;
    if (last === undefined || question === null) throw new Error("no question");
    const from = stepsBefore(lesson, at);
    const scene = sceneOf(played(scenarioOf(lesson)), from, from + last.steps.length);
    return {
      choices: choicesBefore(question, scene.before, []).map(({ key }) => key),
      answers: answersAfter(question, scene),
      reasons: reasonsFor(question, scene).map((event) =>
        event.type === "readView.checked" ? `${event.key} ${event.rule}` : event.type,
      ),
    };
  }

  it("which records and gaps are locked", () => {
    const { choices, answers, reasons } = asked(
      "```ask locks A t.PRIMARY\nen: a\nzh: b\n```\n```run\nA> SELECT * FROM t WHERE id > 2 FOR UPDATE\n```\n",
    );
    expect(choices).toEqual(["gap 1", "rec 1", "gap 5", "rec 5", "gap supremum", "nothing"]);
    expect([...answers].sort()).toEqual(["gap 5", "gap supremum", "rec 5"]);
    expect(reasons).toEqual(["lock.granted", "lock.granted"]);
  });

  it("and when the statement is another, the answer is another", () => {
    const { answers } = asked(
      "```ask locks A t.PRIMARY\nen: a\nzh: b\n```\n```run\nA> SELECT * FROM t WHERE id = 5 FOR UPDATE\n```\n",
    );
    expect(answers).toEqual(["rec 5"]);
  });

  it("which version a read view lets through", () => {
    const { choices, answers } = asked(
      "```run\nB> UPDATE t SET v = 11 WHERE id = 1\n```\n## three | three\n```ask version A t 1\nen: a\nzh: b\n```\n```run\nA> SELECT * FROM t\n```\n",
    );
    expect(choices).toEqual(["0", "1"]);
    expect(answers).toEqual(["1"]);
  });

  it("and the reasons for a lost update are the two writes, one over the other", () => {
    const ask = "```ask\nen: a\nzh: b\n- B rows 9\n- B rows 8\n```\n";
    const { reasons } = asked(
      `${ask}\`\`\`run\nA> UPDATE t SET v = 9 WHERE id = 1\nA> COMMIT\nB> UPDATE t SET v = 9 WHERE id = 1\nB> SELECT v FROM t WHERE id = 1\n\`\`\`\n`,
    );
    expect(reasons).toEqual(["rec.changed", "rec.changed", "1 belowUpLimit"]);
  });

  it("and the reasons name the version that was visible between the marks, beside those that were not", () => {
    const { reasons } = asked(
      "```run\nA> BEGIN\nA> UPDATE t SET v = 0 WHERE id = 1\nB> BEGIN\nB> UPDATE t SET v = 0 WHERE id = 5\nB> COMMIT\nC> START TRANSACTION WITH CONSISTENT SNAPSHOT\n```\n## three | three\n```ask\nen: a\nzh: b\n- C rows 1,10 / 5,0 | x | x\n- C rows 1,0 / 5,0 | y | y\n```\n```run\nC> SELECT * FROM t\n```\n",
    );
    expect(reasons).toEqual(["1 activeWhenOpened", "1 belowUpLimit", "5 committedBeforeOpened"]);
  });

  it("who goes on", () => {
    const { answers } = asked(
      "```run\nA> UPDATE t SET v = 0 WHERE id = 1\nB> UPDATE t SET v = 1 WHERE id = 1\n```\n## three | three\n```ask wakes\nen: a\nzh: b\n```\n```run\nA> COMMIT\n```\n",
    );
    expect(answers).toEqual(["B"]);
  });
});
