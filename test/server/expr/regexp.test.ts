/** Regular expressions; every result and error was asked of a real 9.7.4. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findMatch, regexpOf, replaceMatches } from "../../../src/server/regexp/regexp.ts";
import { Script } from "../script.ts";

const FLAGS = { ignoreCase: true, multiLine: false, dotAll: false, unixLines: false };

function told(pattern: string): string {
  const script = new Script([]);
  return script.run(`A: SELECT 'abc' REGEXP '${pattern.replaceAll("\\", "\\\\")}'`);
}

function found(text: string, pattern: string): string | null {
  const match = findMatch(regexpOf(pattern, FLAGS, 32), text, 0, 1);
  return match === null ? null : text.slice(match[0], match[1]);
}

describe("what is no regular expression", () => {
  test.each([
    ["", 3685],
    ["*a", 3688],
    ["(?z)a", 3688],
    ["\\", 3689],
    ["(", 3691],
    ["a)", 3691],
    ["a{1", 3692],
    ["a{2,1}", 3693],
    ["\\9", 3694],
    ["(?<=a*)b", 3695],
    ["[a", 3696],
    ["[]", 3696],
    ["[b-a]", 3697],
    ["[[:foo:]]", 3685],
    ["(?<n>a)\\k<m>", 3887],
    ["a{99999999999}", 4007],
  ])("%s is error %i", (pattern, errno) => {
    expect(told(pattern)).toBe(`ERROR ${errno}`);
  });
});

describe("matching", () => {
  test.each([
    ["foobarbar", "(bar)\\1", "barbar"],
    ["aaa", "a{1,2}?", "a"],
    ["aaaaaaaa", "(?:ab?){5,7}?", "aaaaa"],
    ["aaa", "a++a", null],
    ["ab", "(?:a|ab)(?:c|b)?$", "ab"],
    ["xbar ybar", "(?<=y)bar", "bar"],
    ["foobaz", "foo(?!baz)", null],
    ["b", "[a-c--[b]]", null],
    ["x#y", "(?x) x \\# # a comment", "x#"],
    ["a.b", "\\Q.\\E", "."],
    ["STRASSE", "straße", "STRASSE"],
    ["é", "e", null],
    ["😀x", "^.x$", "😀x"],
    ["tel 555", "[[:digit:]]{3}$", "555"],
  ])("in %s, %s finds %s", (text, pattern, wanted) => {
    expect(found(text, pattern)).toBe(wanted);
  });

  test("$ stands before the last line end, ^ and $ at every line with m", () => {
    const script = new Script([]);
    expect(
      script.run("A: SELECT 'a\\n' REGEXP 'a$', 'a\\n\\n' REGEXP 'a$', 'a\\nb' REGEXP 'a.b'"),
    ).toBe("1 0 0");
    expect(
      script.run("A: SELECT REGEXP_LIKE('a\\nb', '^b$', 'm'), REGEXP_LIKE('a\\nb', 'a.b', 'n')"),
    ).toBe("1 1");
  });

  test("agrees with JavaScript's own expressions where both know the syntax", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      ".",
      "[ab]",
      "(a|b)",
      "(?:ab)",
      "a*",
      "b+?",
      "a?",
      "^",
      "$",
    );
    const pattern = fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
    const text = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 8 }).map((p) => p.join(""));
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const wanted = new RegExp(source, "iu").exec(subject);
        const match = findMatch(regexpOf(source, FLAGS, 32), subject, 0, 1);
        expect(match === null ? null : subject.slice(match[0], match[1])).toBe(wanted?.[0] ?? null);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the limit on steps", () => {
  test("a pattern that would try for ever is error 3699", () => {
    const script = new Script([]);
    expect(script.run("A: SELECT CONCAT(REPEAT('a', 40), '!') REGEXP '^(a+)+$'")).toBe(
      "ERROR 3699",
    );
    expect(script.run("A: SELECT REPEAT('a', 10000) REGEXP '(a|b)*c'")).toBe("ERROR 3699");
  });

  test("is a variable", () => {
    const script = new Script([]);
    script.run("A: SET GLOBAL regexp_time_limit = 1");
    expect(script.run("A: SELECT REPEAT('a', 20000) REGEXP '^(a)*$'")).toBe("ERROR 3699");
    script.run("A: SET GLOBAL regexp_time_limit = 32");
    expect(script.run("A: SELECT REPEAT('a', 20000) REGEXP '^(a)*$'")).toBe("1");
  });
});

describe("replacing", () => {
  const replaced = (text: string, pattern: string, by: string): string =>
    replaceMatches(regexpOf(pattern, FLAGS, 32), text, by, 0, 0);

  test("groups by number and name, a backslash takes meanings away", () => {
    expect(replaced("aXbX", "(?<letter>[a-z])X", "$1-")).toBe("a-b-");
    expect(replaced("aX", "(?<letter>[a-z])X", `[$\{letter}]`)).toBe("[a]");
    expect(replaced("abc", "b", "a\\tb\\$1")).toBe("aatb$1c");
  });

  test("a match of nothing counts between all characters", () => {
    expect(replaced("abc", "x*", "-")).toBe("-a-b-c-");
  });

  test("a group that is not there is error 3686, no name is 3887", () => {
    expect(() => replaced("abc", "b", "$1")).toThrow(/Index out of bounds/);
    expect(() => replaced("abc", "b", "$")).toThrow(/invalid name/);
  });

  test("positions and occurrences", () => {
    const script = new Script([]);
    expect(
      script.run(
        "A: SELECT REGEXP_INSTR('dog cat dog', 'dog', 2), REGEXP_INSTR('dog', 'dog', 1, 1, 1), REGEXP_SUBSTR('abc def ghi', '[a-z]+', 1, 2), REGEXP_REPLACE('abc abc', 'b', 'X', 1, 2)",
      ),
    ).toBe("9 4 def abc aXc");
    expect(script.run("A: SELECT REGEXP_INSTR('abc', 'a', 4)")).toBe("ERROR 3686");
  });
});
