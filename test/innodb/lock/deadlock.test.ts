import { describe, expect, it } from "vitest";
import { lockBench } from "./bench.ts";

describe("deadlocks", () => {
  it("on a tie the one who closes the cycle is the victim", () => {
    const bench = lockBench([5, 10]);
    bench.read("A", 5, "X");
    bench.read("B", 10, "X");
    expect(bench.read("A", 10, "X")).toBe("waits");
    expect(bench.read("B", 5, "X")).toBe("deadlock");
    expect(bench.waits()).toEqual(["A>B"]);
  });

  it("the lighter transaction is the victim, though the other closed the cycle", () => {
    const bench = lockBench([5, 10]);
    bench.read("A", 5, "X");
    bench.read("B", 10, "X");
    bench.read("B", 10, "S", "gap");
    bench.read("B", "supremum", "S");
    bench.read("A", 10, "X");
    expect(bench.read("B", 5, "X")).toBe("waits");
    expect(bench.woken).toEqual(["A deadlockVictim"]);
    bench.end("A");
    expect(bench.woken).toEqual(["A deadlockVictim", "B granted"]);
  });

  it("who changed a non-transactional table is spared", () => {
    const bench = lockBench([5, 10]);
    Object.defineProperty(bench.trx("B"), "hasModifiedNonTransactional", { value: true });
    bench.read("A", 5, "X");
    bench.read("B", 10, "X");
    bench.read("A", 10, "X");
    expect(bench.read("B", 5, "X")).toBe("waits");
    expect(bench.woken).toEqual(["A deadlockVictim"]);
  });

  it("a cycle of three is reported so that its second transaction closed it", () => {
    const bench = lockBench([5, 10, 15]);
    bench.read("A", 5, "X");
    bench.read("B", 10, "X");
    bench.read("C", 15, "X");
    bench.read("A", 10, "X");
    bench.read("B", 15, "X");
    bench.read("C", 5, "X");
    const event = bench.events.find((found) => found.type === "deadlock.found");
    expect(event?.deadlock.cycle.map((member) => member.session)).toEqual(["B", "C", "A"]);
  });

  it("S held by two, X asked by both: the second asker is the victim", () => {
    const bench = lockBench([5]);
    bench.read("A", 5, "S", "recNotGap");
    bench.read("B", 5, "S", "recNotGap");
    expect(bench.read("A", 5, "X", "recNotGap")).toBe("waits");
    expect(bench.read("B", 5, "X", "recNotGap")).toBe("deadlock");
  });
});
