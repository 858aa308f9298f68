/** How operators bind. The precedence was compared with MySQL by value, not only with its manual. */
import { describe, expect, it } from "vitest";
import { expressionOf, near } from "./helpers.ts";
import { printed } from "./printed.ts";

describe("operators bind as in MySQL", () => {
  it.each([
    ["1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"],
    ["1 - 2 - 3", "((1 - 2) - 3)"],
    ["-1 ^ 2 * 3", "(((- 1) ^ 2) * 3)"],
    ["1 | 2 & 3 << 4 + 5", "(1 | (2 & (3 << (4 + 5))))"],
    ["7 DIV 2 MOD 3 % 2 / 1", "((((7 div 2) % 3) % 2) / 1)"],
    ["a OR b AND c XOR d", "(a or ((b and c) xor d))"],
    ["a && b && (c AND d) || e", "((a and b and (c and d)) or e)"],
    ["NOT a = b AND c", "((not (a = b)) and c)"],
    ["NOT a IS NULL", "(not (a IS null))"],
    ["! a = b", "((not a) = b)"],
    ["!!a", "(not a)"],
    ["a = b = c", "((a = b) = c)"],
    ["a = b IS NULL = c", "(((a = b) IS null) = c)"],
    ["a > 1 IS NOT TRUE", "((a > 1) IS NOT true)"],
    ["a BETWEEN 1 AND 2 AND c", "((a BETWEEN 1 AND 2) and c)"],
    [
      "a NOT BETWEEN 1 + 1 AND 2 BETWEEN 3 AND 4",
      "(a NOT BETWEEN (1 + 1) AND (2 BETWEEN 3 AND 4))",
    ],
    ["a + 1 IN (1, 2 + 3)", "((a + 1) IN [1, (2 + 3)])"],
    ["a NOT LIKE 'x' OR b RLIKE 'y' + 1", "((a NOT LIKE 'x') or (b REGEXP ('y' + 1)))"],
    ["- a COLLATE x", "(- (a COLLATE x))"],
    ["BINARY a = b", "((binary a) = b)"],
    ["a <> ANY (SELECT 1)", "(a <> any query)"],
    ["@a := @b := 1 + 2", "(@a := (@b := (1 + 2)))"],
    ["1 + @a := 2 * 3", "(1 + (@a := (2 * 3)))"],
    ["a + INTERVAL 1 DAY - INTERVAL 2 HOUR", "((a + 1 day) - 2 hour)"],
    ["INTERVAL 1 DAY + a + 1", "((a + 1) + 1 day)"],
    ["INTERVAL(1, 2) + 1", "(interval(1, 2) + 1)"],
    ["a SOUNDS LIKE b", "(soundex(a) = soundex(b))"],
    ["a != 1, 2", "(a <> 1)"],
    ["+a", "a"],
  ])("%s is %s", (text, expected) => expect(printed(expressionOf(text))).toBe(expected));
});

describe("parentheses hold", () => {
  it.each([
    ["(1)", "1"],
    ["((1) + 2) * 3", "((1 + 2) * 3)"],
    ["(1, 2) = ((3), 4)", "(ROW(1, 2) = ROW(3, 4))"],
    ["(SELECT 1)", "subquery"],
    ["((SELECT 1))", "subquery"],
    ["((SELECT 1) + 1)", "(subquery + 1)"],
    ["((SELECT 1) UNION (SELECT 2))", "subquery"],
    ["((SELECT 1) LIMIT 1) + 1", "(subquery + 1)"],
    ["((SELECT 1), 2)", "ROW(subquery, 2)"],
    ["1 IN ((SELECT 1), 2)", "(1 IN [subquery, 2])"],
    ["1 IN ((SELECT 1))", "(1 IN query)"],
    ["1 IN ((SELECT 1) + 1)", "(1 = (subquery + 1))"],
    ["EXISTS (SELECT 1)", "exists"],
  ])("%s is %s", (text, expected) => expect(printed(expressionOf(text))).toBe(expected));
});

describe("literals keep what they are", () => {
  it.each([
    ["12345678901234567890123", { kind: "integer", text: "12345678901234567890123" }],
    ["'it''s' ' x'", { kind: "string", value: "it's x", charset: null }],
    ["_latin1 'a'", { kind: "string", value: "a", charset: "latin1" }],
    ["0xabc", { kind: "hex", digits: "0abc" }],
    ["DATE'2026-01-01'", { kind: "temporal", type: "date", value: "2026-01-01" }],
    ["{ts '2026-01-01 00:00:00'}", { kind: "temporal", type: "timestamp" }],
    ["@@GLOBAL.Autocommit", { kind: "systemVariable", scope: "global", name: "autocommit" }],
    ["@@local.x", { kind: "systemVariable", scope: "session", name: "x" }],
    ["@@hot.cache", { kind: "systemVariable", scope: null, base: "hot", name: "cache" }],
  ])("%s", (text, expected) => expect(expressionOf(text)).toMatchObject(expected));
});

describe("functions", () => {
  it.each([
    ["NOW(6)", "now(6)"],
    ["CURRENT_TIMESTAMP", "now()"],
    ["SUBSTR('a', 1)", "substring('a', 1)"],
    ["SUBSTRING('a' FROM 1 FOR 2)", "substring('a', 1, 2)"],
    ["POSITION('a' IN 'b')", "locate('a', 'b')"],
    ["SCHEMA()", "database()"],
    ["My_Function(1, 2)", "my_function(1, 2)"],
    ["ADDDATE(a, 1)", "(a + 1 day)"],
    ["DATE_SUB(a, INTERVAL 1 WEEK)", "(a - 1 week)"],
    ["LEFT('a', 1)", "left('a', 1)"],
  ])("%s is %s", (text, expected) => expect(printed(expressionOf(text))).toBe(expected));

  it("aggregates carry DISTINCT, the star, their order and OVER", () => {
    expect(expressionOf("COUNT(*)")).toMatchObject({
      kind: "aggregate",
      name: "count",
      star: true,
    });
    expect(expressionOf("COUNT(DISTINCT a, b)")).toMatchObject({ distinct: true, star: false });
    expect(expressionOf("GROUP_CONCAT(a ORDER BY b DESC SEPARATOR ';')")).toMatchObject({
      orderBy: [{ direction: "desc" }],
      separator: ";",
    });
    expect(expressionOf("SUM(a) OVER (PARTITION BY b)")).toMatchObject({
      over: { kind: "window", partitionBy: [{ kind: "column" }] },
    });
  });

  it("the grammar's own ones insist on their number of arguments", () => {
    expect(near("SELECT IF(1, 2)")).toBe("')' 1");
    expect(near("SELECT COALESCE()")).toBe("')' 1");
    expect(near("SELECT LEFT('a', 1, 2)")).toBe("', 2)' 1");
  });
});
