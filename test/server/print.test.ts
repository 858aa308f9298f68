/** Expressions as the server writes them; what is expected was read from SHOW CREATE TABLE of a MySQL 9.7.4. */
import { expect, it } from "vitest";
import { Script } from "./script.ts";

/** How the table's default is shown. */
function shown(expression: string): string | undefined {
  const script = new Script([
    `CREATE TABLE e (a INT, b INT, s VARCHAR(20), d DATETIME, z VARCHAR(99) DEFAULT (${expression}))`,
  ]);
  return /`z` varchar\(99\) DEFAULT \((.*)\)\n/.exec(script.run("A: SHOW CREATE TABLE e"))?.[1];
}

it.each([
  ["NOT (a OR b > 1)", "((0 = `a`) and (`b` <= 1))"],
  ["NOT a BETWEEN 1 AND 2", "(`a` not between 1 and 2)"],
  ["s NOT LIKE 'b%'", "(not((`s` like _utf8mb4'b%')))"],
  ["a AND b AND d", "((0 <> `a`) and (0 <> `b`) and ('0000-00-00 00:00:00' <> `d`))"],
  ["a > 1 && b > 1 || b IS TRUE", "(((`a` > 1) and (`b` > 1)) or ((0 <> `b`) is true))"],
  ["(a, b) = (1, 2)", "((`a` = 1) and (`b` = 2))"],
  ["a IN (1)", "(`a` = 1)"],
  ["MOD(a, 3)", "(`a` % 3)"],
  ["DATEDIFF(d, '2020-01-01')", "(to_days(`d`) - to_days(_utf8mb4'2020-01-01'))"],
  ["DATE_ADD(d, INTERVAL 1 MONTH)", "(`d` + interval 1 month)"],
  ["SUBSTRING(s FROM 2)", "substr(`s`,2)"],
  ["CAST(s AS CHAR(5))", "cast(`s` as char(5) charset utf8mb4)"],
  ["CASE a WHEN 1 THEN 2 END", "(case `a` when 1 then 2 end)"],
  ["- -a", "-(-(`a`))"],
  ["'it''s'", "_utf8mb4'it\\'s'"],
  ["b'101'", "0x05"],
])("%s is written %s", (written, expected) => {
  expect(shown(written)).toBe(expected);
});
