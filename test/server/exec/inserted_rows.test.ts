/** What INSERT says of its rows; what is expected was seen on a MySQL 9.7.4. */
import { expect, it } from "vitest";
import { Script } from "../script.ts";

it("a row without a parent is no record of INSERT IGNORE, one that is there already is", () => {
  const script = new Script([
    "CREATE TABLE p (id INT PRIMARY KEY)",
    "CREATE TABLE c (id INT PRIMARY KEY, pid INT, FOREIGN KEY (pid) REFERENCES p (id))",
    "INSERT INTO p VALUES (1)",
    "INSERT INTO c VALUES (5, 1)",
  ]);
  expect(script.run("A: INSERT IGNORE INTO c VALUES (7, 2), (6, 8), (5, NULL)")).toBe("ok");
  const ended = script.events.filter(({ type }) => type === "statement.ended").at(-1);
  expect(ended).toMatchObject({
    outcome: { info: "Records: 1  Duplicates: 1  Warnings: 3" },
  });
});
