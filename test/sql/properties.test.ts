/** What holds for every text, valid or not. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KEYWORDS } from "../../src/sql/keywords.ts";
import { tokenize } from "../../src/sql/lexer.ts";
import { parseStatement } from "../../src/sql/parser.ts";
import { splitStatements, statementAt } from "../../src/sql/split.ts";
import { nodesOf } from "./helpers.ts";

const PARAMETERS = { seed: 20261121, numRuns: 500 };

const valid = readFileSync(join(import.meta.dirname, "recorded_syntax.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { readonly sql: string; readonly errno?: number })
  .filter(({ errno }) => errno === undefined)
  .map(({ sql }) => sql);

const PIECES = [
  ..."( ) , ; . * = + - / ' \" ` @ @@ := -- # /* */ /*! {} ? ! <> 0x x' b' 1 1.5 1e5 .5 关羽 😀 \\ \0 \n NULL t a".split(
    " ",
  ),
  " ",
  "\n",
  "'a'",
  "`b`",
  "(SELECT 1)",
];

/** Texts made of pieces of SQL in no order. */
const soup = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...KEYWORDS), fc.string()), {
    maxLength: 25,
  })
  .chain((pieces) => fc.constantFrom(pieces.join(" "), pieces.join("")));

/** Valid statements with some of their tokens taken out, doubled or exchanged. */
const mutated = fc
  .tuple(
    fc.constantFrom(...valid),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(2)), { maxLength: 3 }),
  )
  .map(([sql, changes]) => {
    const words = tokenize(sql).map(({ start, end }) => sql.slice(start, end));
    for (const [at, other, change] of changes) {
      const place = at % words.length;
      const word = words[other % words.length] ?? "";
      words.splice(place, change === 0 ? 1 : 0, ...(change === 0 ? [] : [word]));
    }
    return words.join(" ");
  });

const anyText = fc.oneof(soup, mutated, fc.constantFrom(...valid), fc.string({ unit: "binary" }));

describe("the lexer", () => {
  it("never throws, and its tokens lie in order within the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const token of tokenize(text)) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(token.end).toBeGreaterThanOrEqual(token.start);
          end = token.end;
        }
        expect(end).toBe(text.length);
      }),
      PARAMETERS,
    );
  });

  it("leaves nothing but white space and comments between tokens", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const words = tokenize(text).map(({ start, end }) => text.slice(start, end));
        expect(tokenize(words.join(" ")).map(({ value }) => value)).toEqual(
          tokenize(text).map(({ value }) => value),
        );
      }),
      PARAMETERS,
    );
  });
});

describe("the parser", () => {
  it("never throws; what it rejects, it places within the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = parseStatement(text);
        if (result.ok) return;
        expect(result.error.offset).toBeGreaterThanOrEqual(0);
        expect(result.error.offset).toBeLessThanOrEqual(text.length);
        expect(result.error.line).toBeLessThanOrEqual(text.split("\n").length);
      }),
      PARAMETERS,
    );
  });

  it("gives every node a span within the text and within its parent's", () => {
    for (const sql of valid) {
      const result = parseStatement(sql, { parameters: true });
      if (!result.ok) throw new Error(sql);
      for (const [node, parent] of nodesOf(result.statement)) {
        const { start, end } = node.span;
        const outer = parent?.span ?? { start: 0, end: sql.length };
        const inside = outer.start <= start && start <= end && end <= outer.end;
        if (!inside) expect.fail(`${sql}: ${node.kind} ${start}..${end} in ${parent?.kind}`);
      }
    }
  });

  it("gives equal trees for equal texts, as plain JSON", () => {
    for (const sql of valid) {
      const result = parseStatement(sql, { parameters: true });
      expect(parseStatement(sql, { parameters: true })).toEqual(result);
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    }
  });

  it.each([
    "(",
    "(SELECT ",
    "NOT ",
    "- ",
    "f(",
    "1 + ",
    "CASE WHEN ",
    "1 IN (",
    "1 = ",
    "1 BETWEEN 1 AND ",
  ])("survives 50,000 times %j", (piece) =>
    expect(parseStatement(`SELECT ${piece.repeat(50_000)}`).ok).toBe(false),
  );

  it("survives long lists and deep FROM clauses", () => {
    expect(parseStatement(`SELECT 1${", 1".repeat(20_000)}`).ok).toBe(true);
    expect(parseStatement(`SELECT 1${" OR 1".repeat(20_000)}`).ok).toBe(true);
    expect(parseStatement(`INSERT INTO t VALUES (1)${", (2)".repeat(20_000)}`).ok).toBe(true);
    for (const piece of ["(", "{oj ", "t JOIN ", "(SELECT * FROM "]) {
      expect(parseStatement(`SELECT * FROM ${piece.repeat(20_000)}`).ok).toBe(false);
    }
  });
});

describe("a script", () => {
  const script = fc.array(anyText, { maxLength: 5 }).map((parts) => parts.join(";\n"));

  it("is cut into pieces that stand where they say, with nothing but blanks between them", () => {
    fc.assert(
      fc.property(script, (text) => {
        let end = 0;
        for (const one of splitStatements(text)) {
          expect(text.slice(one.start, one.end)).toBe(one.text);
          expect(one.line).toBe(text.slice(0, one.start).split("\n").length);
          expect(isBlank(text.slice(end, one.start))).toBe(true);
          end = one.end;
        }
        expect(isBlank(text.slice(end))).toBe(true);
      }),
      PARAMETERS,
    );
  });

  it("put together from statements is cut into the same statements again", () => {
    const statements = valid.filter(
      (sql) => splitStatements(sql).length === 1 && splitStatements(sql)[0]?.text === sql,
    );
    expect(statements.length).toBeGreaterThan(300);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statements), { maxLength: 6 }), (list) => {
        expect(splitStatements(list.join(";\n")).map(({ text }) => text)).toEqual(list);
      }),
      PARAMETERS,
    );
  });

  it("has a statement for every caret if it has one at all", () => {
    fc.assert(
      fc.property(script, fc.nat(), (text, offset) => {
        const found = statementAt(text, offset % (text.length + 1));
        expect(found === null).toBe(splitStatements(text).length === 0);
      }),
      PARAMETERS,
    );
  });
});

/** Only white space, semicolons and comments. */
function isBlank(text: string): boolean {
  return tokenize(text).every(({ type, key }) => type === "end" || key === ";");
}
