import { describe, expect, it } from "vitest";
import { lockBench } from "./bench.ts";

describe("who has to wait", () => {
  it("two sessions share a record in S, and X waits for both", () => {
    const bench = lockBench([5, 10]);
    expect(bench.read("A", 10, "S")).toBe("granted");
    expect(bench.read("B", 10, "S")).toBe("granted");
    expect(bench.read("C", 10, "X")).toBe("waits");
    expect(bench.waits().sort()).toEqual(["C>A", "C>B"]);
  });

  it("gap locks never wait and keep only inserts out", () => {
    const bench = lockBench([5, 10]);
    bench.read("A", 10, "X", "gap");
    expect(bench.read("B", 10, "X", "gap")).toBe("granted");
    expect(bench.read("C", 10, "X", "recNotGap")).toBe("granted");
    expect(bench.insert("D", 7)).toBe("waits");
    expect(bench.waits().sort()).toEqual(["D>A", "D>B"]);
  });

  it("a record lock leaves the gap before it open", () => {
    const bench = lockBench([5, 10]);
    bench.read("A", 10, "X", "recNotGap");
    expect(bench.insert("B", 7)).toBe("granted");
  });

  it("two inserts into one gap do not wait for each other", () => {
    const bench = lockBench([5, 10]);
    bench.read("A", 10, "X", "gap");
    expect(bench.insert("B", 7)).toBe("waits");
    expect(bench.insert("C", 8)).toBe("waits");
    expect(bench.waits().sort()).toEqual(["B>A", "C>A"]);
    bench.end("A");
    expect(bench.lines()).toEqual([
      "B X,GAP,INSERT_INTENTION GRANTED @ 10",
      "C X,GAP,INSERT_INTENTION GRANTED @ 10",
    ]);
  });

  it("on the supremum every lock is a gap lock", () => {
    const bench = lockBench([5]);
    bench.read("A", "supremum", "X");
    expect(bench.read("B", "supremum", "X")).toBe("granted");
    expect(bench.insert("C", 7)).toBe("waits");
    expect(bench.lines()).toContain("C X,INSERT_INTENTION WAITING @ supremum");
  });

  it("a waiter counts for who comes after it", () => {
    const bench = lockBench([5]);
    bench.read("A", 5, "S", "recNotGap");
    bench.read("B", 5, "X", "recNotGap");
    expect(bench.read("C", 5, "S", "recNotGap")).toBe("waits");
    expect(bench.waits().sort()).toEqual(["B>A", "C>B"]);
  });

  it("who holds S and asks for X passes by the waiter that waits for it", () => {
    const bench = lockBench([5]);
    bench.read("A", 5, "S", "recNotGap");
    bench.read("B", 5, "X", "recNotGap");
    expect(bench.read("A", 5, "X", "recNotGap")).toBe("granted");
    expect(bench.waits()).toEqual(["B>A", "B>A"]);
  });

  it("an insert may not pass by a waiter", () => {
    const bench = lockBench([5, 10]);
    bench.read("A", 10, "X");
    bench.read("B", 10, "X");
    expect(bench.insert("A", 7)).toBe("goesOn");
    expect(bench.woken).toEqual(["B deadlockVictim"]);
  });
});

describe("what is held already", () => {
  it("makes a request for the same or less needless", () => {
    const bench = lockBench([5]);
    bench.read("A", 5, "X");
    expect(bench.read("A", 5, "S", "recNotGap")).toBe("alreadyHeld");
    expect(bench.read("A", 5, "X", "gap")).toBe("alreadyHeld");
    expect(bench.lines()).toEqual(["A X GRANTED @ 5"]);
  });

  it("the record held and next-key asked adds only the gap, past any waiter", () => {
    const bench = lockBench([5]);
    bench.read("A", 5, "X", "recNotGap");
    bench.read("B", 5, "X");
    bench.read("A", 5, "X");
    expect(bench.lines()).toEqual([
      "A X,GAP GRANTED @ 5",
      "A X,REC_NOT_GAP GRANTED @ 5",
      "B X WAITING @ 5",
    ]);
  });

  it("the gap held and next-key asked takes next-key", () => {
    const bench = lockBench([5]);
    bench.read("A", 5, "X", "gap");
    bench.read("A", 5, "X");
    expect(bench.lines()).toEqual(["A X GRANTED @ 5", "A X,GAP GRANTED @ 5"]);
  });

  it("records of a page that are locked alike share one struct", () => {
    const bench = lockBench([5, 10, 15]);
    for (const id of [5, 10, 15]) bench.read("A", id, "X");
    bench.read("A", "supremum", "X");
    expect(bench.locks.weight(bench.trx("A"))).toBe(2);
  });
});

describe("implicit locks", () => {
  it("the one who asks makes the inserter's lock explicit", () => {
    const bench = lockBench([5]);
    bench.insert("A", 7);
    expect(bench.lines()).toEqual([]);
    expect(bench.read("B", 7, "S")).toBe("waits");
    expect(bench.lines()).toEqual(["A X,REC_NOT_GAP GRANTED @ 7", "B S WAITING @ 7"]);
  });

  it("a gap request before somebody's uncommitted insert does so too", () => {
    const bench = lockBench([5]);
    bench.insert("A", 7);
    expect(bench.read("B", 7, "X", "gap")).toBe("granted");
    expect(bench.lines()).toEqual(["A X,REC_NOT_GAP GRANTED @ 7", "B X,GAP GRANTED @ 7"]);
  });
});

describe("gaps change", () => {
  it("an insert splits a gap, and its guard guards both halves", () => {
    const bench = lockBench([5, 10]);
    bench.read("A", 10, "X");
    bench.insert("A", 7);
    expect(bench.lines()).toEqual(["A X GRANTED @ 10", "A X,GAP GRANTED @ 7"]);
  });

  it("a waiter for next-key keeps an insert out before it holds anything", () => {
    const bench = lockBench([5, 10]);
    bench.read("A", 10, "X", "recNotGap");
    bench.read("B", 10, "S");
    expect(bench.insert("C", 7)).toBe("waits");
    expect(bench.waits().sort()).toEqual(["B>A", "C>B"]);
  });

  it("a record that goes passes its locks to the next one, waiting ones as granted gap locks", () => {
    const bench = lockBench([5, 10, 15]);
    bench.read("A", 10, "X", "recNotGap");
    bench.read("B", 10, "S");
    bench.remove(10);
    expect(bench.lines()).toEqual(["A X,GAP GRANTED @ 15", "B S,GAP GRANTED @ 15"]);
    expect(bench.woken).toEqual(["B granted"]);
  });

  it("under READ COMMITTED only a constraint check's locks are passed on", () => {
    const bench = lockBench([5, 10]);
    const trx = bench.trx("A", "READ COMMITTED");
    bench.read("A", 5, "X", "recNotGap");
    bench.remove(5);
    expect(bench.lines()).toEqual([]);
    bench.locks.read(trx, bench.rec(10), "S", "ordinary", "wait", "duplicateCheck");
    bench.remove(10);
    expect(bench.lines()).toEqual(["A S GRANTED @ supremum"]);
  });
});

describe("a lock goes", () => {
  it("a waiting request is granted when its blocker ends", () => {
    const bench = lockBench([5]);
    bench.read("A", 5, "X");
    bench.read("B", 5, "X");
    bench.end("A");
    expect(bench.woken).toEqual(["B granted"]);
    expect(bench.lines()).toEqual(["B X GRANTED @ 5"]);
  });

  it("waiters nobody waits for are granted in queue order", () => {
    const bench = lockBench([5]);
    bench.read("A", 5, "X");
    bench.read("B", 5, "X");
    bench.read("C", 5, "X");
    bench.end("A");
    expect(bench.woken).toEqual(["B granted"]);
    bench.end("B");
    expect(bench.woken).toEqual(["B granted", "C granted"]);
  });

  it("the waiter that more transactions wait for comes first", () => {
    const bench = lockBench([5, 10]);
    bench.read("C", 10, "X");
    bench.read("A", 5, "X");
    bench.read("B", 5, "X");
    bench.read("C", 5, "X");
    bench.read("D", 10, "X");
    bench.end("A");
    expect(bench.woken).toEqual(["C granted"]);
    expect(bench.waits().sort()).toEqual(["B>C", "D>C"]);
  });

  it("says whom a waiter waits for now", () => {
    const bench = lockBench([5]);
    bench.read("A", 5, "S");
    bench.read("B", 5, "S");
    bench.read("C", 5, "X");
    bench.end("A");
    const said = bench.events.findLast((event) => event.type === "lock.blockersChanged");
    expect(said).toMatchObject({ blockers: [{ session: "B" }] });
  });
});
