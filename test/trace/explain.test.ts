import { describe, expect, it } from "vitest";
import type { TraceEvent } from "../../src/trace/events.ts";
import { explain } from "../../src/trace/explain.ts";
import type {
  EventSeq,
  LockId,
  ReadViewId,
  RecId,
  RollPtr,
  SessionName,
  TrxId,
  TrxNo,
  TrxRef,
} from "../../src/trace/ids.ts";
import { phantomTrace } from "./phantom_trace.ts";

const CJK = "[\\u4e00-\\u9fff]";
const A = "A" as SessionName;

function check(rule: Extract<TraceEvent, { type: "readView.checked" }>["rule"]): TraceEvent {
  return {
    ...head,
    type: "readView.checked",
    view: 1 as ReadViewId,
    rec: 3 as RecId,
    indexName: "PRIMARY",
    tableName: "t",
    key: "1",
    depth: 1,
    trxId: 106 as TrxId,
    rollPtr: 4 as RollPtr,
    visible: false,
    rule,
    upLimitId: 105 as TrxId,
    lowLimitId: 108 as TrxId,
    ids: [106, 107] as TrxId[],
    creatorTrxId: 0 as TrxId,
    values: [1, "关羽"],
    deleted: false,
  };
}

const head = { seq: 0 as EventSeq, ms: 0, command: 0, statement: null, session: A };

const MORE: readonly TraceEvent[] = [
  check("activeWhenOpened"),
  check("atOrAboveLowLimit"),
  {
    ...head,
    type: "readView.opened",
    why: "firstConsistentRead",
    view: {
      id: 1 as ReadViewId,
      trx: 1 as TrxRef,
      session: A,
      creatorTrxId: 0 as TrxId,
      upLimitId: 105 as TrxId,
      lowLimitId: 108 as TrxId,
      ids: [106, 107] as TrxId[],
      lowLimitNo: 108 as TrxNo,
      openedAt: 0 as EventSeq,
    },
  },
  { ...head, type: "clock.advanced", toMs: 1500, byMs: 1500 },
  { ...head, type: "lock.timedOut", id: 1 as LockId, data: "5", waitedMs: 50_000 },
  {
    ...head,
    type: "lock.released",
    ids: [1, 2] as LockId[],
    texts: ["X @ 5", "X @ 10"],
    why: "commit",
  },
];

describe("the narrator", () => {
  const events = [...phantomTrace(), ...MORE];

  it("says one whole sentence about every event in English", () => {
    for (const event of events) {
      const sentence = explain(event, "en");
      expect(sentence).toMatch(event.type === "statement.started" ? /runs \S/ : /^\S.*\.$/);
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
    }
  });

  it("says the same in Chinese, with Chinese punctuation", () => {
    const halfWidth = new RegExp(`${CJK}[,:;!?()]|[,:;!?()]${CJK}`);
    for (const event of events) {
      const sentence = explain(event, "zh");
      expect(sentence).toMatch(new RegExp(CJK));
      expect(sentence).not.toMatch(halfWidth);
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
    }
  });

  it("tells a wait with the lock, the rule and the one in the way", () => {
    const wait = phantomTrace().find((event) => event.type === "lock.waiting");
    if (wait === undefined) throw new Error("nobody waits");
    expect(explain(wait, "en")).toBe(
      "B WAITS for the insert intention lock in the gap before t.PRIMARY 5: A locked this gap, and a locked gap lets no insert in. It asked because it is about to insert into this gap.",
    );
    expect(explain(wait, "zh")).toBe(
      "B 等待 t.PRIMARY 5 之前间隙的插入意向锁：A 锁住了这个间隙，被锁的间隙不让插入。因为 B 要往这个间隙里插入，才申请这把锁。",
    );
  });

  it("tells a verdict with the numbers compared and the water marks by name", () => {
    expect(explain(check("activeWhenOpened"), "en")).toBe(
      "Version 1 back, t 1 (1, '关羽'), was written by transaction 106: 106 is among the ids 106 and 107 that were active when the view was opened; A does not see it and follows the roll pointer.",
    );
    expect(explain(check("atOrAboveLowLimit"), "zh")).toBe(
      "往回第 1 个版本 t 1 (1, '关羽') 由事务 106 写入：106 >= 108（高水位），是打开视图之后才分配的 id；对 A 不可见，沿回滚指针往回找。",
    );
  });
});
