/** What comes of a deadlock log's scenario is compared with the log: the same, or said what came instead. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CameInstead, cameInstead } from "../../src/formats/deadlock_check.ts";
import type { ImportedScenario } from "../../src/formats/imported.ts";
import { PROTOCOL_VERSION } from "../../src/protocol/messages.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import { openWords } from "../../src/views/files/open_words.ts";
import { WorkerHost } from "../../src/worker/host.ts";
import { only } from "./imported_text.ts";

const RECORDED = "test/conformance/transcripts/status";
const OWN = "test/formats/deadlock_logs";
const OTHER_VICTIM = "deadlock-range-order.txt";

function checked({ scenario, deadlock }: ImportedScenario): CameInstead | null {
  if (deadlock === undefined) throw new Error("the log expects nothing");
  const events: TraceEvent[] = [];
  const host = new WorkerHost((reply) => {
    if (reply.kind === "events") events.push(...reply.events);
  });
  host.handle({ v: PROTOCOL_VERSION, id: 1, kind: "reset", scenario });
  return cameInstead(deadlock, scenario, events);
}

const log = (name: string) => readFileSync(`${RECORDED}/${name}`, "utf8");

describe("the deadlock of a log", () => {
  const names = readdirSync(RECORDED).filter((name) => !name.startsWith("mdl-"));
  const texts = [
    ...names.filter((name) => name !== OTHER_VICTIM).map((name) => [name, log(name)] as const),
    ...readdirSync(OWN).map((name) => [name, readFileSync(`${OWN}/${name}`, "utf8")] as const),
  ];

  it("has logs to be told from", () => expect(texts.length).toBe(75));

  it.each(texts)("%s comes as it was", (_, text) => expect(checked(only(text))).toBeNull());

  it("names the columns of an index by what a search waits at, and makes up no statement twice", () => {
    const read = only(readFileSync("test/formats/coupon_states.txt", "utf8"));
    const { scenario } = read;
    expect(checked(read)).toBeNull();
    expect(scenario.setup.join()).toContain("KEY idx_user_status (user_id, status)");
    const made = scenario.steps.map((step) => ("sql" in step ? step.sql : ""));
    const found = made.filter((sql) => sql.startsWith("SELECT"));
    expect(found).toEqual([expect.stringContaining("WHERE user_id = 7 AND status = 0 FOR UPDATE")]);
  });

  it("may roll back another transaction", () => {
    const came = checked(only(log(OTHER_VICTIM)));
    expect(came?.kind).toBe("victim");
    expect(openWords("en").otherDeadlock(came as CameInstead)).toMatch(
      /^The log's deadlock comes, but [AB] is rolled back, and in the log it was [AB]\. .*A weighed 4 in the log and weighs 3 here, B weighed 4 in the log and weighs 5 here\./,
    );
  });

  const again = `*** (1) TRANSACTION:
TRANSACTION 31, ACTIVE 3 sec starting index read
LOCK WAIT 2 lock struct(s), heap size 1136, 1 row lock(s)
MySQL thread id 8, query id 138 localhost app updating
update paper set id = 4 where file = 1
*** (1) WAITING FOR THIS LOCK TO BE GRANTED:
RECORD LOCKS space id 95 page no 4 n bits 72 index file of table d.paper trx id 31 lock_mode X locks rec but not gap waiting
Record lock, heap no 2 PHYSICAL RECORD: n_fields 2; compact format; info bits 32
 0: len 4; hex 80000001; asc     ;;
 1: len 4; hex 80000002; asc     ;;
*** (2) TRANSACTION:
TRANSACTION 30, ACTIVE 8 sec updating or deleting
4 lock struct(s), heap size 1136, 3 row lock(s), undo log entries 2
MySQL thread id 7, query id 136 localhost app updating
update paper set id = 3 where file = 1
*** (2) HOLDS THE LOCK(S):
RECORD LOCKS space id 95 page no 4 n bits 72 index file of table d.paper trx id 30 lock_mode X locks rec but not gap
Record lock, heap no 2 PHYSICAL RECORD: n_fields 2; compact format; info bits 32
 0: len 4; hex 80000001; asc     ;;
 1: len 4; hex 80000002; asc     ;;
*** (2) WAITING FOR THIS LOCK TO BE GRANTED:
RECORD LOCKS space id 95 page no 4 n bits 72 index file of table d.paper trx id 30 lock mode S waiting
Record lock, heap no 2 PHYSICAL RECORD: n_fields 2; compact format; info bits 32
 0: len 4; hex 80000001; asc     ;;
 1: len 4; hex 80000002; asc     ;;
*** WE ROLL BACK TRANSACTION (1)
CREATE TABLE paper (id INT NOT NULL PRIMARY KEY, file INT, UNIQUE KEY file (file));`;

  it("does not come where an older server made one queue that has the record", () => {
    const came = checked(only(again));
    expect(came).toEqual({ kind: "passed", session: "B", behind: "A" });
    expect(openWords("en").otherDeadlock(came as CameInstead)).toMatch(
      /does not come in MySQL 9\.7: in the log B asks for more .* queues behind A/,
    );
  });

  const cross = only(log("deadlock-cross-1.txt"));
  const withSteps = (steps: typeof cross.scenario.steps): ImportedScenario => ({
    ...cross,
    scenario: { ...cross.scenario, steps },
  });

  it("does not come when one of them does not wait", () => {
    const came = checked(withSteps(cross.scenario.steps.slice(0, -1)));
    expect(came).toMatchObject({ kind: "waits" });
    expect(openWords("zh").otherDeadlock(came as CameInstead)).toMatch(
      /^日志里的死锁没有出现：[AB] 在等待 [AB]，/,
    );
  });

  it("does not come when nobody waits, and when a statement fails", () => {
    const quiet = cross.scenario.steps.filter((step) => "sql" in step && /^BEGIN/.test(step.sql));
    expect(checked(withSteps(quiet))).toEqual({ kind: "nothing" });
    const failing = {
      session: quiet[0] && "session" in quiet[0] ? quiet[0].session : "A",
      sql: "SELECT * FROM nowhere",
    };
    expect(checked(withSteps([...quiet, failing] as typeof quiet))).toMatchObject({
      kind: "failed",
      session: "A",
      message: expect.stringContaining("ERROR 1146"),
    });
  });

  it("is another one when other locks are waited for", () => {
    const { deadlock } = cross;
    const [first, second] = deadlock?.waits ?? [];
    if (deadlock === undefined || first === undefined || second === undefined) throw new Error();
    const other = { ...first, lock: "S,GAP on t.other" };
    expect(checked({ ...cross, deadlock: { ...deadlock, waits: [other, second] } })).toEqual({
      kind: "lock",
      session: first.session,
      came: first.lock,
      expected: other.lock,
    });
  });
});
