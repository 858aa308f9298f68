import { describe, expect, it } from "vitest";
import { settled } from "../../../src/base/answer.ts";
import { finish, searchBench } from "./bench.ts";

describe("a unique search of the primary key", () => {
  it("that hits locks the record alone", () => {
    const t = searchBench();
    finish(t.open("A", "X").indexRead([10], "exact"));
    expect(t.lines("A")).toEqual(["PRIMARY X,REC_NOT_GAP GRANTED @ 10"]);
  });

  it("that misses locks the gap it looked into", () => {
    const t = searchBench();
    expect(finish(t.open("A", "X").indexRead([7], "exact"))).toBe("notFound");
    expect(t.lines("A")).toEqual(["PRIMARY X,GAP GRANTED @ 10"]);
  });

  it("that misses behind the last record locks the supremum", () => {
    const t = searchBench();
    finish(t.open("A", "X").indexRead([30], "exact"));
    expect(t.lines("A")).toEqual(["PRIMARY X GRANTED @ supremum"]);
  });

  it("that misses locks nothing under READ COMMITTED", () => {
    const t = searchBench();
    t.trx("A", "READ COMMITTED");
    finish(t.open("A", "X").indexRead([7], "exact"));
    expect(t.lines("A")).toEqual([]);
  });

  it("that finds a delete-marked record locks it like any other", () => {
    const t = searchBench();
    t.rec("PRIMARY", 10).deleted = true;
    expect(finish(t.open("A", "X").indexRead([10], "exact"))).toBe("notFound");
    expect(t.lines("A")).toEqual(["PRIMARY X,REC_NOT_GAP GRANTED @ 10"]);
  });
});

describe("a range of the primary key", () => {
  it("takes the record where it begins, next-key inside, and the gap before the record behind its end", () => {
    const t = searchBench();
    const cursor = t.open("A", "X", { end: { key: [12], inclusive: true } });
    expect(t.rows(cursor.indexRead([5], "orNext"), () => cursor.indexNext())).toEqual([5, 10]);
    expect(t.lines("A")).toEqual([
      "PRIMARY X GRANTED @ 10",
      "PRIMARY X,GAP GRANTED @ 15",
      "PRIMARY X,REC_NOT_GAP GRANTED @ 5",
    ]);
  });

  it("is complete with the record that is its end", () => {
    const t = searchBench();
    const cursor = t.open("A", "X", { end: { key: [15], inclusive: true } });
    expect(t.rows(cursor.indexRead([5], "after"), () => cursor.indexNext())).toEqual([10, 15]);
    expect(t.lines("A")).toEqual(["PRIMARY X GRANTED @ 10", "PRIMARY X GRANTED @ 15"]);
  });

  it("that excludes its end takes only the gap before it", () => {
    const t = searchBench();
    const cursor = t.open("A", "X", { end: { key: [15], inclusive: false } });
    expect(t.rows(cursor.indexRead([5], "after"), () => cursor.indexNext())).toEqual([10]);
    expect(t.lines("A")).toEqual(["PRIMARY X GRANTED @ 10", "PRIMARY X,GAP GRANTED @ 15"]);
  });

  it("without an end reaches the supremum", () => {
    const t = searchBench();
    const cursor = t.open("A", "X");
    expect(t.rows(cursor.indexRead([20], "orNext"), () => cursor.indexNext())).toEqual([20, 25]);
    expect(t.lines("A")).toEqual([
      "PRIMARY X GRANTED @ 25",
      "PRIMARY X GRANTED @ supremum",
      "PRIMARY X,REC_NOT_GAP GRANTED @ 20",
    ]);
  });

  it("read backwards locks the gap behind its start and one record beyond its end", () => {
    const t = searchBench();
    const cursor = t.open("A", "X", { end: { key: [10], inclusive: true } });
    expect(t.rows(cursor.indexRead([15], "prefixLastOrPrev"), () => cursor.indexPrev())).toEqual([
      15, 10,
    ]);
    expect(t.lines("A")).toEqual([
      "PRIMARY X GRANTED @ 10",
      "PRIMARY X GRANTED @ 15",
      "PRIMARY X GRANTED @ 5",
      "PRIMARY X,GAP GRANTED @ 20",
    ]);
  });

  it("under READ COMMITTED locks records alone and gives back the one behind its end", () => {
    const t = searchBench();
    t.trx("A", "READ COMMITTED");
    const cursor = t.open("A", "X", { end: { key: [12], inclusive: true } });
    expect(t.rows(cursor.indexRead([5], "orNext"), () => cursor.indexNext())).toEqual([5, 10]);
    expect(t.lines("A")).toEqual([
      "PRIMARY X,REC_NOT_GAP GRANTED @ 10",
      "PRIMARY X,REC_NOT_GAP GRANTED @ 5",
    ]);
  });
});

describe("a search of a secondary index", () => {
  it("takes next-key on each entry, the gap behind the last, and the clustered records", () => {
    const t = searchBench();
    const cursor = t.open("A", "X", { index: "c" });
    expect(t.rows(cursor.indexRead([10], "exact"), () => cursor.indexNextSame())).toEqual([10]);
    expect(t.lines("A")).toEqual([
      "PRIMARY X,REC_NOT_GAP GRANTED @ 10",
      "c X GRANTED @ 10, 10",
      "c X,GAP GRANTED @ 15, 15",
    ]);
  });

  it("that covers all that is wanted leaves the clustered record alone in S, not in X", () => {
    const t = searchBench();
    finish(t.open("A", "S", { index: "c", keyRead: true }).indexRead([10], "exact"));
    finish(t.open("B", "X", { index: "c", keyRead: true }).indexRead([20], "exact"));
    expect(t.lines("A")).toEqual(["c S GRANTED @ 10, 10"]);
    expect(t.lines("B")).toEqual(["PRIMARY X,REC_NOT_GAP GRANTED @ 20", "c X GRANTED @ 20, 20"]);
  });

  it("takes next-key on the entry behind a range", () => {
    const t = searchBench();
    const cursor = t.open("A", "X", {
      index: "c",
      keyRead: true,
      end: { key: [12], inclusive: true },
    });
    expect(t.rows(cursor.indexRead([10], "orNext"), () => cursor.indexNext())).toHaveLength(1);
    expect(t.lines("A")).toEqual([
      "PRIMARY X,REC_NOT_GAP GRANTED @ 10",
      "PRIMARY X,REC_NOT_GAP GRANTED @ 15",
      "c X GRANTED @ 10, 10",
      "c X GRANTED @ 15, 15",
    ]);
  });

  it("ends at the page's end, without its gap, when a delete-marked entry there is behind the range", () => {
    const t = searchBench();
    t.rec("c", 25, 25).deleted = true;
    const cursor = t.open("A", "S", {
      index: "c",
      keyRead: true,
      end: { key: [22], inclusive: true },
    });
    expect(t.rows(cursor.indexRead([20], "orNext"), () => cursor.indexNext())).toHaveLength(1);
    expect(t.lines("A")).toEqual(["c S GRANTED @ 20, 20", "c S GRANTED @ 25, 25"]);
  });

  it("with a pushed condition does not look behind entries that do not match", () => {
    const t = searchBench();
    const cursor = t.open("A", "X", {
      index: "c",
      end: { key: [20], inclusive: true },
      pushed: (row) => row[1] === 15,
    });
    expect(t.rows(cursor.indexRead([10], "orNext"), () => cursor.indexNext())).toEqual([15]);
    expect(t.lines("A")).toEqual([
      "PRIMARY X,REC_NOT_GAP GRANTED @ 15",
      "c X GRANTED @ 10, 10",
      "c X GRANTED @ 15, 15",
      "c X GRANTED @ 20, 20",
      "c X GRANTED @ 25, 25",
    ]);
  });
});

describe("conflicts", () => {
  it("NOWAIT gives an error, and leaves no request", () => {
    const t = searchBench();
    finish(t.open("A", "X").indexRead([10], "exact"));
    const refused = t.open("B", "X", { onConflict: "nowait" }).indexRead([10], "exact");
    expect(finish(refused)).toEqual({ err: "lockNowait" });
    expect(t.lines("B")).toEqual([]);
  });

  it("SKIP LOCKED that skips a primary-key row still locks the gap after it", () => {
    const t = searchBench();
    finish(t.open("A", "X").indexRead([10], "exact"));
    const skipping = t.open("B", "X", { onConflict: "skipLocked" }).indexRead([10], "exact");
    expect(finish(skipping)).toBe("notFound");
    expect(t.lines("B")).toEqual(["PRIMARY X,GAP GRANTED @ 15"]);
  });

  it("a wait ends with another look at the record", () => {
    const t = searchBench();
    const { bench } = t;
    finish(t.open("A", "X").indexRead([10], "exact"));
    const waiting = settled(t.open("B", "X").indexRead([10], "exact"));
    expect(finish(waiting)).toBe("waits");
    t.rec("PRIMARY", 10).deleted = true;
    const a = t.trx("A");
    bench.trxs.delete(a.ref);
    bench.locks.releaseAll(a, "commit");
    expect(bench.woken).toEqual(["B granted"]);
    const gone = waiting.next("granted");
    expect(gone).toEqual({ done: true, value: "notFound" });
  });

  it("a record that is removed while somebody waits for it is looked for no more", () => {
    const t = searchBench();
    const { bench } = t;
    finish(t.open("A", "X").indexRead([10], "exact"));
    const cursor = t.open("B", "X", { end: { key: [15], inclusive: true } });
    const waiting = settled(cursor.indexRead([10], "orNext"));
    expect(finish(waiting)).toBe("waits");
    const a = t.trx("A");
    bench.trxs.delete(a.ref);
    bench.locks.releaseAll(a, "commit");
    t.remove(10, 10);
    expect(waiting.next("granted")).toEqual({ done: true, value: { row: [15, 15] } });
    expect(t.lines("B")).toEqual(["PRIMARY X GRANTED @ 15", "PRIMARY X,GAP GRANTED @ 15"]);
  });
});

describe("READ COMMITTED", () => {
  it("gives back the locks of a row that did not match", () => {
    const t = searchBench();
    t.trx("A", "READ COMMITTED");
    const cursor = t.open("A", "X");
    cursor.rndInit();
    finish(cursor.rndNext());
    cursor.unlockRow();
    finish(cursor.rndNext());
    expect(t.lines("A")).toEqual(["PRIMARY X,REC_NOT_GAP GRANTED @ 5"]);
  });

  it("keeps a lock that an earlier statement took", () => {
    const t = searchBench();
    t.trx("A", "READ COMMITTED");
    finish(t.open("A", "X").indexRead([0], "exact"));
    const cursor = t.open("A", "X");
    cursor.rndInit();
    finish(cursor.rndNext());
    cursor.unlockRow();
    expect(t.lines("A")).toEqual(["PRIMARY X,REC_NOT_GAP GRANTED @ 0"]);
  });

  it("an UPDATE looks at the last committed version before it waits, and waits when that matches", () => {
    const t = searchBench();
    t.trx("B", "READ COMMITTED");
    finish(t.open("A", "X").indexRead([0], "exact"));
    const cursor = t.open("B", "X");
    cursor.rndInit();
    cursor.trySemiConsistentRead(true);
    expect(finish(cursor.rndNext())).toEqual({ row: [0, 0] });
    expect(cursor.wasSemiConsistentRead()).toBe(true);
    expect(t.lines("B")).toEqual([]);
    expect(finish(cursor.rndNext())).toBe("waits");
    expect(t.lines("B")).toEqual(["PRIMARY X,REC_NOT_GAP WAITING @ 0"]);
  });

  it("an UPDATE passes by a locked row whose last committed version does not match", () => {
    const t = searchBench();
    t.trx("B", "READ COMMITTED");
    finish(t.open("A", "X").indexRead([0], "exact"));
    const cursor = t.open("B", "X");
    cursor.rndInit();
    cursor.trySemiConsistentRead(true);
    finish(cursor.rndNext());
    cursor.unlockRow();
    expect(finish(cursor.rndNext())).toEqual({ row: [5, 5] });
    expect(cursor.wasSemiConsistentRead()).toBe(false);
  });

  it("passes by a row that was inserted and not committed", () => {
    const t = searchBench();
    t.trx("B", "READ COMMITTED");
    t.put(1, 1, t.trx("A"));
    t.put(2, 2, t.trx("A"));
    const cursor = t.open("B", "X");
    cursor.rndInit();
    cursor.trySemiConsistentRead(true);
    expect(t.rows(cursor.rndNext(), () => cursor.rndNext())).toEqual([0, 5, 10, 15, 20, 25]);
  });
});
