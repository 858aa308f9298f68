import { describe, expect, it } from "vitest";
import { paint } from "../../src/editor/paint.ts";
import { problemsOf } from "../../src/editor/problems.ts";
import { statementsOf } from "../../src/editor/statements.ts";

const underlined = (text: string) =>
  problemsOf(statementsOf(text)).map(({ start, end }) => text.slice(start, end));

describe("problems", () => {
  it("are found in every statement on its own, with MySQL's message", () => {
    const text = "SELEC 1;\nSELECT 2;\nUPDATE t SET;";
    expect(underlined(text)).toEqual(["SELEC", "SET"]);
    expect(problemsOf(statementsOf(text))[0]?.message).toBe(
      "ERROR 1064 (42000): You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'SELEC 1' at line 1",
    );
  });

  it("underline what is not closed", () => {
    expect(underlined("BEGIN; SELECT 'abc")).toEqual(["'abc"]);
  });

  it("are none in what MySQL takes", () => {
    expect(underlined("BEGIN; SELECT * FROM t WHERE d=5 FOR UPDATE;\n-- nothing\n;COMMIT")).toEqual(
      [],
    );
  });
});

describe("the picture of the plain editor", () => {
  it("is cut where a look begins or ends, and holds the whole text", () => {
    const text = "BEGIN; SELEC 1;\n\nCOMMIT";
    const statements = statementsOf(text);
    const lines = paint({
      text,
      statements,
      current: statements[1] ?? null,
      marks: [{ start: 0, end: 5, kind: "done" }],
      problems: problemsOf(statements),
    });
    const texts = lines.map((line) => line.pieces.map((piece) => piece.text).join(""));
    expect(texts.join("\n")).toBe(text);
    expect(lines.map((line) => [line.mark, line.isCurrent])).toEqual([
      ["done", true],
      [null, false],
      [null, false],
    ]);
    expect(lines[0]?.pieces.filter((piece) => piece.isProblem).map((piece) => piece.text)).toEqual([
      "SELEC",
    ]);
    const current = lines[0]?.pieces.filter((piece) => piece.isCurrent).map((piece) => piece.text);
    expect(current?.join("")).toBe("SELEC 1");
  });
});
