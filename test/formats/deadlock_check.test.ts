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

  it("has logs to be told from", () => expect(texts.length).toBe(72));

  it.each(texts)("%s comes as it was", (_, text) => expect(checked(only(text))).toBeNull());

  it("may roll back another transaction", () => {
    const came = checked(only(log(OTHER_VICTIM)));
    expect(came?.kind).toBe("victim");
    expect(openWords("en").otherDeadlock(came as CameInstead)).toMatch(
      /^The log's deadlock comes, but [AB] is rolled back, and in the log it was [AB]\. .*A weighed 4 in the log and weighs 3 here, B weighed 4 in the log and weighs 5 here\./,
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
