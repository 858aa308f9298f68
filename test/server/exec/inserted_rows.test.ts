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

it("an INSERT says once for all of its rows that a column cannot be NULL, or has no default", () => {
  const script = new Script();
  script.run("A: CREATE TABLE n (id INT PRIMARY KEY, e ENUM('a','b') NOT NULL, i INT NOT NULL)");
  script.run("A: INSERT IGNORE INTO n VALUES (1, NULL, NULL), (2, NULL, 5), (3, 'b', NULL)");
  expect(script.run("A: SHOW WARNINGS")).toBe(
    "Warning 1048 Column 'e' cannot be null | Warning 1048 Column 'i' cannot be null",
  );
  expect(script.run("A: SELECT id, e + 0, i FROM n")).toBe("1 0 0 | 2 0 5 | 3 2 0");
  script.run("A: INSERT IGNORE INTO n (id, e) VALUES (4, 'a'), (5, 'b')");
  expect(script.run("A: SHOW WARNINGS")).toBe(
    "Warning 1364 Field 'i' doesn't have a default value",
  );
});
