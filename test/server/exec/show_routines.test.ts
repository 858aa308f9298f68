/** SHOW CREATE of procedures, functions and triggers, as MySQL 9.7 puts them together. */
import { expect, it } from "vitest";
import { Script } from "../script.ts";

const SETUP = ["CREATE TABLE t (id INT PRIMARY KEY, a INT)"];

/** The second to last field of SHOW CREATE's one row, with the line ends that are in it. */
function shown(create: string, show: string): string {
  const script = new Script(SETUP);
  const [made, text = ""] = script.runAll(`A: ${create}`, `A: ${show}`);
  expect(made).toBe("ok");
  return text;
}

it("a procedure keeps its parameters and its body as they were written", () => {
  const text = shown(
    "CREATE PROCEDURE p(IN x INT,  inout y decimal(5,2)) READS SQL DATA COMMENT 'it''s'\nBEGIN\n  SELECT x; -- so\nEND",
    "SHOW CREATE PROCEDURE p",
  );
  expect(text).toContain("p(IN x INT,  inout y decimal(5,2))".replace("p(", "`p`("));
  expect(text).toContain("    READS SQL DATA\n    COMMENT 'it''s'\nBEGIN\n  SELECT x; -- so\nEND");
});

it("a function has MySQL's name for its type, and what was said of it in MySQL's order", () => {
  const text = shown(
    "CREATE DEFINER = u@h FUNCTION f(a VARCHAR(5)) RETURNS varchar(10) SQL SECURITY INVOKER NO SQL DETERMINISTIC RETURN a",
    "SHOW CREATE FUNCTION f",
  );
  expect(text).toContain(
    "CREATE DEFINER=`u`@`h` FUNCTION `f`(a VARCHAR(5)) RETURNS varchar(10) CHARSET utf8mb4\n    NO SQL\n    DETERMINISTIC\n    SQL SECURITY INVOKER\nRETURN a",
  );
});

it("a trigger stands in one line before its body", () => {
  const text = shown(
    "create trigger tr before insert on t for each row   SET NEW.a = 1",
    "SHOW CREATE TRIGGER tr",
  );
  expect(text).toContain(
    "CREATE DEFINER=`root`@`localhost` TRIGGER `tr` BEFORE INSERT ON `t` FOR EACH ROW SET NEW.a = 1",
  );
});

it("ALTER changes what a routine says of itself", () => {
  const script = new Script(SETUP);
  const [, , text] = script.runAll(
    "A: CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1",
    "A: ALTER FUNCTION f NO SQL COMMENT 'c'",
    "A: SHOW CREATE FUNCTION f",
  );
  expect(text).toContain("RETURNS int\n    NO SQL\n    DETERMINISTIC\n    COMMENT 'c'\nRETURN 1");
});
