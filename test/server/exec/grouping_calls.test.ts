/** GROUPING and ROLLUP, as MySQL 9.7.4 answered. */
import { expect, it } from "vitest";
import { Script } from "../script.ts";

const SETUP = [
  "CREATE TABLE t (a INT PRIMARY KEY, b INT, c INT)",
  "INSERT INTO t VALUES (1,1,1),(2,1,2),(3,2,1),(4,2,1),(5,NULL,3)",
];

it.each([
  [
    "b, c, SUM(a), GROUPING(b), GROUPING(b, c) FROM t GROUP BY b, c WITH ROLLUP",
    "NULL 3 5 0 0 | NULL NULL 5 0 1 | 1 1 1 0 0 | 1 2 2 0 0 | 1 NULL 3 0 1 | 2 1 7 0 0 | 2 NULL 7 0 1 | NULL NULL 15 1 3",
  ],
  ["IF(GROUPING(b), 'all', b) FROM t GROUP BY b WITH ROLLUP", "NULL | 1 | 2 | all"],
  ["COUNT(*) FROM t GROUP BY b WITH ROLLUP HAVING GROUPING(b) = 1", "5"],
  [
    "b, COUNT(*) FROM t GROUP BY b WITH ROLLUP ORDER BY GROUPING(b), b DESC",
    "2 2 | 1 2 | NULL 1 | NULL 5",
  ],
  [
    "b, RANK() OVER (ORDER BY GROUPING(b), b) AS r FROM t GROUP BY b WITH ROLLUP",
    "NULL 1 | 1 2 | 2 3 | NULL 4",
  ],
  ["b + 1, GROUPING(b + 1) FROM t GROUP BY b + 1 WITH ROLLUP", "NULL 0 | 2 0 | 3 0 | NULL 1"],
  ["GROUPING(b) FROM t GROUP BY b", "0 | 0 | 0"],
  ["GROUPING(a) FROM t", "ERROR 1111"],
  ["b FROM t WHERE GROUPING(b) GROUP BY b WITH ROLLUP", "ERROR 1111"],
  ["GROUPING(a) FROM t GROUP BY b WITH ROLLUP", "ERROR 3602"],
  ["b, GROUPING(b + 1) FROM t GROUP BY b WITH ROLLUP", "ERROR 3602"],
  ["a, b FROM t GROUP BY a WITH ROLLUP", "ERROR 1055"],
  ["a, b FROM t WHERE b = 1 GROUP BY a WITH ROLLUP", "ERROR 1055"],
])("SELECT %s", (query, result) => {
  expect(new Script(SETUP).run(`A: SELECT ${query}`)).toBe(result);
});
