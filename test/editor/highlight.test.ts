import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { colourLine, colourLines } from "../../src/editor/highlight.ts";

/** The lines of a text with each coloured part in braces: `{keyword SELECT} {number 1}`. */
function picture(text: string): string[] {
  const lines = text.split("\n");
  return colourLines(text).map(({ spans }, index) => {
    const line = lines[index] ?? "";
    let at = 0;
    let out = "";
    for (const span of spans) {
      out += line.slice(at, span.start);
      out += `{${span.colour} ${line.slice(span.start, span.end)}}`;
      at = span.end;
    }
    return out + line.slice(at);
  });
}

describe("the colours of SQL", () => {
  it("come from the lexer's tokens", () => {
    expect(picture("select id, `key` from t where c >= 1.5e3;")).toEqual([
      "{keyword select} id{operator ,} {name `key`} {keyword from} t {keyword where} c {operator >=} {number 1.5e3}{operator ;}",
    ]);
    expect(picture("SET @a := @@session.autocommit, x = 0xFF")).toEqual([
      "{keyword SET} {variable @a} {operator :=} {variable @@}{variable session}{operator .}autocommit{operator ,} x {operator =} {number 0xFF}",
    ]);
    expect(picture("INSERT INTO 用户 VALUES (N'关羽')")).toEqual([
      "{keyword INSERT} {keyword INTO} 用户 {keyword VALUES} {operator (}{string N'关羽'}{operator )}",
    ]);
  });

  it("tell a call from a list of columns", () => {
    expect(picture("SELECT SLEEP(5), count(*)")[0]).toContain("{function SLEEP}");
    expect(picture("SELECT SLEEP(5), count(*)")[0]).toContain("{function count}");
    expect(picture("INSERT INTO t(id) VALUES(1)")[0]).not.toContain("function");
    expect(picture("CREATE TABLE t(id INT(11), KEY c(c))")[0]).not.toContain("function");
  });

  it("show comments of every kind", () => {
    expect(picture("BEGIN -- now\n# here\n/* there\nand there */ COMMIT")).toEqual([
      "{keyword BEGIN} {comment -- now}",
      "{comment # here}",
      "{comment /* there}",
      "{comment and there */} {keyword COMMIT}",
    ]);
  });

  it("go on over line ends inside quotes", () => {
    expect(picture("SELECT 'two\nlines', 3")).toEqual([
      "{keyword SELECT} {string 'two}",
      "{string lines'}{operator ,} {number 3}",
    ]);
    expect(picture("SELECT 'a\n', \"b\n\", `c\n`")).toEqual([
      "{keyword SELECT} {string 'a}",
      "{string '}{operator ,} {string \"b}",
      '{string "}{operator ,} {name `c}',
      "{name `}",
    ]);
  });

  it("read the contents of versioned comments as SQL", () => {
    expect(picture("/*!80000 SELECT\n1 */ + 2")).toEqual([
      "{comment /*!80000} {keyword SELECT}",
      "{number 1} {comment */} {operator +} {number 2}",
    ]);
  });

  it("stay the same when Monaco asks for one line again", () => {
    expect(colourLine("x', 1", "'")).toEqual(colourLine("x', 1", "'"));
    expect(colourLine("SELECT 1", "")).toEqual({
      spans: [
        { start: 0, end: 6, colour: "keyword" },
        { start: 7, end: 8, colour: "number" },
      ],
      open: "",
    });
  });

  it("are in order, within the line and never empty, whatever is typed", () => {
    const anything = fc.array(
      fc.constantFrom(
        "'",
        '"',
        "`",
        "/*",
        "/*!",
        "*/",
        "--",
        " ",
        "#",
        "\n",
        "\\",
        "@",
        "@@",
        "a",
        "1",
        ".",
        ";",
        "关",
      ),
      { maxLength: 30 },
    );
    const property = fc.property(anything, (parts) => {
      const text = parts.join("");
      const lines = text.split("\n");
      for (const [index, { spans }] of colourLines(text).entries()) {
        let at = 0;
        for (const span of spans) {
          expect(span.start).toBeGreaterThanOrEqual(at);
          expect(span.end).toBeGreaterThan(span.start);
          at = span.end;
        }
        expect(at).toBeLessThanOrEqual(lines[index]?.length ?? 0);
      }
    });
    fc.assert(property, { seed: 5, numRuns: 1000 });
  });
});
