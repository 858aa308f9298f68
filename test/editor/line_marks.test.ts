import { describe, expect, it } from "vitest";
import type { EditorMark } from "../../src/editor/editor_props.ts";
import { markOfLines, movedMarks, sharesLine } from "../../src/editor/line_marks.ts";
import { statementsOf, statementUnder } from "../../src/editor/statements.ts";

const TEXT = "BEGIN; SELECT 1;\nUPDATE t\n  SET c = 1;\nCOMMIT;";

function markOn(part: string, kind: EditorMark["kind"], text = TEXT): EditorMark {
  const start = text.indexOf(part);
  return { start, end: start + part.length, kind };
}

describe("marks in the margin", () => {
  it("stand on the line where the statement begins", () => {
    const marks = [markOn("UPDATE t\n  SET c = 1", "waiting"), markOn("COMMIT", "error")];
    expect([...markOfLines(TEXT, marks)]).toEqual([
      [1, "waiting"],
      [3, "error"],
    ]);
  });

  it("show what needs a person first, where two statements begin on one line", () => {
    const marks = [markOn("BEGIN", "done"), markOn("SELECT 1", "waiting")];
    expect([...markOfLines(TEXT, marks)]).toEqual([[0, "waiting"]]);
    expect([...markOfLines(TEXT, marks.toReversed())]).toEqual([[0, "waiting"]]);
  });

  it("are left out when the text has become too short", () => {
    expect(markOfLines("BEGIN", [markOn("COMMIT", "done")]).size).toBe(0);
  });

  it("move with the text before them", () => {
    const after = `-- new\n${TEXT}`;
    expect(movedMarks([markOn("COMMIT", "done")], TEXT, after)).toEqual([
      markOn("COMMIT", "done", after),
    ]);
    expect(movedMarks([markOn("BEGIN", "done")], TEXT, `${TEXT} `)).toEqual([
      markOn("BEGIN", "done"),
    ]);
  });

  it("go when their statement is edited, unless it is still on its way", () => {
    const after = TEXT.replace("SELECT 1", "SELECT 12");
    expect(movedMarks([markOn("SELECT 1", "done")], TEXT, TEXT.replace("LECT", "L"))).toEqual([]);
    const longer = TEXT.replace("SELECT", "SELECT ALL");
    expect(movedMarks([markOn("SELECT 1", "waiting")], TEXT, longer)).toEqual([
      markOn("SELECT ALL 1", "waiting", longer),
    ]);
    expect(movedMarks([markOn("SELECT 1", "waiting")], TEXT, "")).toEqual([
      { start: 0, end: 1, kind: "waiting" },
    ]);
    expect(movedMarks([markOn("BEGIN", "done")], TEXT, after)).toHaveLength(1);
  });
});

describe("the current statement", () => {
  const statements = statementsOf(TEXT);
  const at = (caret: number) => statementUnder(TEXT, caret)?.text;

  it("is the one under the cursor", () => {
    expect(statements.map((one) => one.text)).toEqual([
      "BEGIN",
      "SELECT 1",
      "UPDATE t\n  SET c = 1",
      "COMMIT",
    ]);
    expect(at(0)).toBe("BEGIN");
    expect(at(TEXT.indexOf("SELECT"))).toBe("SELECT 1");
    expect(at(TEXT.indexOf("SET"))).toBe("UPDATE t\n  SET c = 1");
    expect(at(TEXT.length)).toBe("COMMIT");
    expect(statementUnder("-- nothing\n;;", 3)).toBeNull();
  });

  it("is told from others on its line", () => {
    const [begin, select, update] = statements;
    if (begin === undefined || select === undefined || update === undefined) throw new Error();
    expect(sharesLine(TEXT, begin, statements)).toBe(true);
    expect(sharesLine(TEXT, select, statements)).toBe(true);
    expect(sharesLine(TEXT, update, statements)).toBe(false);
  });
});
