/** How text becomes tokens, by MySQL's lexer. */
import { describe, expect, it } from "vitest";
import { isKeyword, KEYWORDS, RESERVED_KEYWORDS } from "../../src/sql/keywords.ts";
import { tokenize } from "../../src/sql/lexer.ts";

/** Tokens without the last, as `type:value`; keywords by their key. */
function tokens(text: string, ignoreSpace = true): readonly string[] {
  return tokenize(text, { ignoreSpace })
    .slice(0, -1)
    .map(({ type, key, value }) => {
      const isName = type === "identifier" && !isKeyword(key);
      return `${type}:${isName || type === "string" || key === "" ? value : key}`;
    });
}

describe("names", () => {
  it("are made of letters of any script, digits, _ and $", () => {
    expect(tokens("姓名 größe $a a$b _x 😀")).toEqual([
      "identifier:姓名",
      "identifier:größe",
      "identifier:$a",
      "identifier:a$b",
      "identifier:_x",
      "identifier:😀",
    ]);
  });

  it("may begin with digits where no number can be read", () => {
    expect(tokens("1a 0xg 1e 1e1x 2.e")).toEqual([
      "identifier:1a",
      "identifier:0xg",
      "identifier:1e",
      "float:1e1",
      "identifier:x",
      "invalid:",
    ]);
  });

  it("are no keywords beside a dot", () => {
    expect(tokens("t.select select.t t . a t.1b")).toEqual([
      ..."identifier:t symbol:. identifier:select identifier:select symbol:. identifier:t".split(
        " ",
      ),
      ..."identifier:t symbol:. identifier:a identifier:t symbol:. identifier:1b".split(" "),
    ]);
  });

  it("in backquotes keep everything, a doubled one once", () => {
    expect(tokens("`select``x\\'`")).toEqual(["quoted:select`x\\'"]);
  });
});

describe("keywords", () => {
  it("are known in any case and under any spelling", () => {
    expect(tokens("SeLeCt schema RLIKE integer")).toEqual([
      "reserved:SELECT",
      "reserved:DATABASE",
      "reserved:REGEXP",
      "reserved:INT",
    ]);
  });

  it("tell the reserved from the others, 264 of 760 in 9.7", () => {
    expect(KEYWORDS.length).toBe(760);
    expect(RESERVED_KEYWORDS.length).toBe(264);
    expect(KEYWORDS.filter(isKeyword)).toEqual(KEYWORDS);
    expect(isKeyword("FROBNICATE")).toBe(false);
    const typeOf = (word: string) => tokenize(word)[0]?.type;
    expect(KEYWORDS.filter((word) => typeOf(word) === "reserved")).toEqual(
      KEYWORDS.filter((word) => RESERVED_KEYWORDS.includes(word)),
    );
  });

  it("that are not reserved come as names, with what the parser asks for", () => {
    expect(tokens("begin Frobnicate fields sql_tsi_day ſelect")).toEqual([
      "identifier:BEGIN",
      "identifier:Frobnicate",
      "identifier:COLUMNS",
      "identifier:DAY",
      "identifier:ſelect",
    ]);
  });

  it("that are functions need a parenthesis, after blanks only with IGNORE_SPACE", () => {
    expect(tokens("count count(")).toEqual(["identifier:count", "reserved:COUNT", "symbol:("]);
    expect(tokens("count (")).toEqual(["reserved:COUNT", "symbol:("]);
    expect(tokens("count (", false)).toEqual(["identifier:count", "symbol:("]);
  });
});

describe("literals", () => {
  it("numbers: integers of any size, decimals, floats, hex and bits", () => {
    expect(tokens("123456789012345678901234567890 1.5 .5 1. 1e-3 0xabc x'0F' b'01' 0b1")).toEqual([
      "integer:123456789012345678901234567890",
      "decimal:1.5",
      "decimal:.5",
      "decimal:1.",
      "float:1e-3",
      "hex:0abc",
      "hex:0F",
      "bit:01",
      "bit:1",
    ]);
  });

  it("strings: both quotes, doubled quotes, escapes; \\% and \\_ stay for LIKE", () => {
    expect(tokens(`'it''s' "a\\"b" '\\n\\t\\0\\\\\\%\\_\\q' '关羽'`)).toEqual([
      "string:it's",
      'string:a"b',
      "string:\n\t\0\\\\%\\_q",
      "string:关羽",
    ]);
  });

  it("introducers need a character set's name", () => {
    expect(tokens("_utf8mb4'a' _other N'b'")).toEqual([
      "introducer:utf8mb4",
      "string:a",
      "identifier:_other",
      "national:b",
    ]);
  });
});

describe("variables and operators", () => {
  it("user variables hold names with dots, and quoted ones anything", () => {
    expect(tokens("@a.b$c @`x y` @'z' @ @@global.autocommit")).toEqual([
      "variable:a.b$c",
      "variable:x y",
      "variable:z",
      "variable:",
      "symbol:@@",
      "identifier:GLOBAL",
      "symbol:.",
      "identifier:autocommit",
    ]);
  });

  it("runs of comparison characters are one operator, known or not", () => {
    expect(tokens("a<=>b <> >= := << =! -> ->> ||")).toEqual([
      ..."identifier:a symbol:<=> identifier:b symbol:<> symbol:>= symbol::= symbol:<<".split(" "),
      ..."invalid:=! symbol:-> symbol:->> symbol:||".split(" "),
    ]);
  });
});

describe("comments", () => {
  it("-- needs a blank or the end behind it", () => {
    expect(tokens("1 -- x\n2 --3 #4\n--")).toEqual([
      "integer:1",
      "integer:2",
      "symbol:-",
      "symbol:-",
      "integer:3",
    ]);
  });

  it("versioned ones are read up to 9.7.4 and skipped after it", () => {
    expect(tokens("/*! 1 */ /*!80000 2*/ /*!90704 3 */ /*!90705 4 */ /*!080000 5 */")).toEqual([
      "integer:1",
      "integer:2",
      "integer:3",
      "integer:5",
    ]);
    expect(tokens("/*!99999 /* ; */ x */ 1")).toEqual(["integer:1"]);
  });
});
