/** What is said about a statement that was not run: who does what, and what of its locks is new. */
import { expect, it } from "vitest";
import { peekWords } from "../../src/views/peek/words.ts";

const en = peekWords("en");
const zh = peekWords("zh");

it("says of the statement, not of the victim, that it goes through", () => {
  expect(en.paragraph([en.deadlock("B"), en.affected(2)])).toBe(
    "That closes a deadlock: B would be rolled back. The statement would go through: 2 rows affected.",
  );
  expect(zh.paragraph([zh.deadlock("B"), zh.affected(2)])).toBe(
    "这会形成死锁：B 将被回滚。这条语句会执行完，影响 2 行。",
  );
});

it("tells new locks from those that are held already", () => {
  expect([en.takes(1, false), en.takes(2, true), en.held]).toEqual([
    "1 new record lock:",
    "Before that, 2 new record locks:",
    "Already held:",
  ]);
  expect([zh.takes(1, false), zh.takes(2, true), zh.held]).toEqual([
    "新加的 1 个行锁：",
    "在那之前新加的 2 个行锁：",
    "已经持有的：",
  ]);
  expect([en.noRecordLocks(false), zh.noRecordLocks(false)]).toEqual([
    "No new record lock.",
    "不加新的行锁。",
  ]);
});
