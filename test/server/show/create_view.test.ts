/** SHOW CREATE VIEW writes a view's query as MySQL 9.7.4 did, which was asked for each line of `asked_views.jsonl`. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Script } from "../script.ts";

const ASKED = readFileSync(new URL("asked_views.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { readonly query: string; readonly text: string });

const TABLES = [
  "CREATE TABLE t (a INT PRIMARY KEY, b INT, a2 INT, s VARCHAR(10), dt DATETIME, KEY kb (b))",
  "CREATE TABLE u (c INT PRIMARY KEY, d INT, a2 INT)",
  "CREATE VIEW v0 AS SELECT a, b, s FROM t",
];

/** The later ones are asked of tables that have one more column in common. */
const MORE = ["ALTER TABLE t ADD a2b INT", "ALTER TABLE u ADD a2b INT"];
const WITH_MORE = 67;

it.each(ASKED.map(({ query, text }, at) => [query, text, at] as const))("%s", (query, text, at) => {
  const script = new Script(at < WITH_MORE ? TABLES : [...TABLES, ...MORE]);
  expect(script.run(`A: CREATE VIEW w AS ${query}`)).toBe("ok");
  const start = "w CREATE ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW";
  const written = `${start} \`w\` AS ${text} utf8mb4 utf8mb4_0900_ai_ci`;
  expect(script.run("A: SHOW CREATE VIEW w")).toBe(written);
  expect(script.run("A: SHOW CREATE TABLE w")).toBe(written);
});

it("the schema is written where it is not the current one, and always in information_schema", () => {
  const script = new Script(TABLES);
  script.runAll(
    "A: CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW m (x) AS SELECT a FROM t WHERE a > 1 WITH CHECK OPTION",
    "A: USE mysql",
  );
  const query = "select `sim`.`t`.`a` AS `a` from `sim`.`t` where (`sim`.`t`.`a` > 1)";
  expect(script.run("A: SHOW CREATE VIEW sim.m")).toBe(
    `m CREATE ALGORITHM=MERGE DEFINER=\`root\`@\`localhost\` SQL SECURITY INVOKER VIEW \`sim\`.\`m\` (\`x\`) AS ${query} WITH CASCADED CHECK OPTION utf8mb4 utf8mb4_0900_ai_ci`,
  );
  const columns =
    "view_definition, check_option, is_updatable, definer, security_type, character_set_client";
  expect(
    script.run(`A: SELECT ${columns} FROM information_schema.views WHERE table_name = 'm'`),
  ).toBe(`${query} CASCADED YES root@localhost INVOKER utf8mb4`);
});

it("a view stands among the tables, and whose tables are gone is shown with a warning", () => {
  const script = new Script(TABLES);
  expect(
    script.run(
      "A: SELECT table_name, table_type, engine, table_comment FROM information_schema.tables WHERE table_schema = 'sim'",
    ),
  ).toBe("t BASE TABLE InnoDB  | u BASE TABLE InnoDB  | v0 VIEW NULL VIEW");
  expect(script.run("A: SHOW TABLE STATUS LIKE 'v%'")).toMatch(/^v0 NULL .* VIEW$/);
  script.runAll("A: CREATE VIEW g AS SELECT d FROM u", "A: DROP TABLE u");
  expect(script.run("A: SHOW CREATE VIEW g")).toContain("select `u`.`d` AS `d` from `u`");
  expect(script.run("A: SHOW WARNINGS")).toMatch(/^Warning 1356 View 'sim.g' references/);
  expect(script.run("A: SHOW CREATE VIEW t")).toBe("ERROR 1347");
});
