/** A question about what a statement would do leaves the running server as it was. */
import { expect, it } from "vitest";
import { peekPicture } from "../../src/diagrams/peek_picture.ts";
import { PROTOCOL_VERSION, type Reply } from "../../src/protocol/messages.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import type { RecLockState } from "../../src/trace/state.ts";
import { appended, emptyTimeline } from "../../src/trace/timeline.ts";
import { WorkerHost } from "../../src/worker/host.ts";

const SETUP = ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (10), (20)"];
const run = (session: string, sql: string): Step => ({ session: session as SessionName, sql });
const BEFORE = [run("A", "BEGIN"), run("A", "SELECT * FROM t WHERE id > 10 FOR UPDATE")];
const scenario = { id: "peek", setup: SETUP, steps: BEFORE };

function host() {
  const replies: Reply[] = [];
  const worker = new WorkerHost((reply) => replies.push(reply));
  const send = (request: object): readonly Reply[] => {
    replies.length = 0;
    worker.handle({ v: PROTOCOL_VERSION, id: 1, ...request } as never);
    return [...replies];
  };
  return send;
}

const eventsOf = (replies: readonly Reply[]): readonly TraceEvent[] =>
  replies.flatMap((reply) =>
    reply.kind === "events" || reply.kind === "peeked" ? reply.events : [],
  );

it("answers with the statement's own events, and the server goes on as if nobody had asked", () => {
  const send = host();
  const asked = run("B", "INSERT INTO t VALUES (15)");
  const opened = eventsOf(send({ kind: "reset", scenario }));
  const peeked = send({ kind: "peek", scenario, step: asked });
  expect(peeked.map((reply) => reply.kind)).toEqual(["peeked", "done"]);
  const real = eventsOf(send({ kind: "step", step: asked }));
  expect(eventsOf(peeked)).toEqual(real);
  expect(real[0]?.seq).toBe(opened.length);
});

/** What B would see of a statement behind the scenario. */
function peeking() {
  const send = host();
  const before = appended(emptyTimeline, eventsOf(send({ kind: "reset", scenario }))).head;
  return (sql: string) =>
    peekPicture(
      before,
      eventsOf(send({ kind: "peek", scenario, step: run("B", sql) })),
      "B" as SessionName,
    );
}

it("is told as locks, a wait and whom for", () => {
  const picture = peeking();
  const insert = picture("INSERT INTO t VALUES (15)");
  expect(insert.blockers).toEqual(["A"]);
  expect(insert.recLocks.map((lock) => lock.modeText)).toEqual(["X,GAP,INSERT_INTENTION"]);
  expect(insert.newRows).toBe(0);
  // Nobody locks that gap: the new rows have no lock but their transaction's id.
  const free = picture("INSERT INTO t VALUES (1), (2)");
  expect([free.recLocks.length, free.newRows]).toEqual([0, 2]);
  expect(picture("INSERT INTO t VALUES (3), (10)").newRows).toBe(0);
  // An autocommitted statement gives its locks back at once: they are shown as it held them.
  const update = picture("UPDATE t SET id = id WHERE id = 10");
  expect(update.outcome?.kind).toBe("ok");
  expect(update.recLocks.map((lock) => `${lock.modeText} ${lock.data}`)).toEqual([
    "X,REC_NOT_GAP 10",
  ]);
  expect(picture("SELECT * FROM t").recLocks).toEqual([]);
});

it("names the columns that no index begins with, of a scan of everything", () => {
  const setup = [
    "CREATE TABLE u (id INT PRIMARY KEY, a INT, b INT, c INT, KEY a (a, b))",
    "INSERT INTO u VALUES (1, 1, 1, 1), (2, 2, 2, 2)",
  ];
  const send = host();
  const asked = { id: "columns", setup, steps: [] };
  const before = appended(emptyTimeline, eventsOf(send({ kind: "reset", scenario: asked }))).head;
  const unindexed = (sql: string) => {
    const peeked = send({ kind: "peek", scenario: asked, step: run("B", sql) });
    return peekPicture(before, eventsOf(peeked), "B" as SessionName).plans.map(
      (plan) => `${plan.access} ${plan.unindexed.join(",")}`,
    );
  };
  expect(unindexed("UPDATE u SET c = 0 WHERE b = 1")).toEqual(["index b"]);
  expect(unindexed("DELETE FROM u WHERE b = 1 AND c > 2")).toEqual(["ALL b,c"]);
  expect(unindexed("SELECT * FROM u WHERE c = 1 FOR UPDATE")).toEqual(["ALL c"]);
  expect(unindexed("SELECT * FROM u WHERE a = 1 FOR UPDATE")).toEqual(["ref "]);
  expect(unindexed("SELECT * FROM u WHERE id + 0 = 1")).toEqual(["ALL "]);
  expect(unindexed("SELECT * FROM u x JOIN u y ON y.id = x.c WHERE x.b = 1").join("; ")).toContain(
    "ALL b",
  );
});

it("fails alone when the question makes no sense", () => {
  const send = host();
  const wrong = { id: "wrong", setup: ["CREATE TABEL t"], steps: [] };
  const [reply] = send({ kind: "peek", scenario: wrong, step: run("B", "SELECT 1") });
  expect(reply?.kind === "peeked" && reply.failure).toMatch(/set-up failed/);
});

it("tells what keeps others out of more than one table, and what is no lock", () => {
  const picture = peeking();
  const metadata = (sql: string) =>
    picture(sql).mdls.map(({ namespace, name, mode }) => `${namespace} ${name} ${mode}`);
  expect(metadata("FLUSH TABLES WITH READ LOCK")).toEqual([
    "GLOBAL null SHARED",
    "COMMIT null SHARED",
  ]);
  expect(metadata("SELECT GET_LOCK('a', 1)")).toEqual(["USER LEVEL LOCK a EXCLUSIVE"]);
  expect(metadata("INSERT INTO t VALUES (1)")).toEqual(["TABLE t SHARED_WRITE"]);
  expect(picture("SELECT SLEEP(1)").pause?.kind).toBe("sleep");
  expect(picture("INSERT INTO t VALUES (15)").pause).toBeNull();
});

/** As the bar lists them. */
const named = (locks: readonly RecLockState[]) =>
  locks.map(({ indexName, modeText, data }) => `${indexName} ${modeText} ${data}`);

it("lists what its session held already beside what is new, so that both are all that a scan locks", () => {
  const setup = [
    "CREATE TABLE v (id INT PRIMARY KEY, c INT, d INT, KEY c (c))",
    "INSERT INTO v VALUES (5, 5, 0), (10, 10, 0), (15, 15, 0)",
  ];
  const asked = {
    id: "held",
    setup,
    steps: [
      run("A", "BEGIN"),
      run("A", "SELECT * FROM v WHERE id = 10 FOR UPDATE"),
      run("A", "UPDATE v SET d = 1 WHERE id = 99"),
    ],
  };
  const send = host();
  const before = appended(emptyTimeline, eventsOf(send({ kind: "reset", scenario: asked }))).head;
  const picture = (session: string, sql: string) => {
    const events = eventsOf(send({ kind: "peek", scenario: asked, step: run(session, sql) }));
    return peekPicture(before, events, session as SessionName);
  };
  const bySecondary = picture("A", "UPDATE v SET d = 1 WHERE c BETWEEN 7 AND 12");
  expect(named(bySecondary.recLocks)).toEqual([
    "c X 10, 10",
    "c X 15, 15",
    "PRIMARY X,REC_NOT_GAP 15",
  ]);
  expect(named(bySecondary.held)).toEqual(["PRIMARY X,REC_NOT_GAP 10"]);
  const everything = picture("A", "UPDATE v SET d = 1 WHERE d >= 0");
  expect(named(everything.recLocks)).toEqual(["PRIMARY X 5", "PRIMARY X,GAP 10", "PRIMARY X 15"]);
  expect(named(everything.held)).toEqual([
    "PRIMARY X,REC_NOT_GAP 10",
    "PRIMARY X supremum pseudo-record",
  ]);
  const again = picture("A", "UPDATE v SET d = 2 WHERE id = 10");
  expect([again.recLocks.length, named(again.held)]).toEqual([0, ["PRIMARY X,REC_NOT_GAP 10"]]);
  // Neither what another session holds nor what the statement took itself.
  expect(picture("A", "UPDATE v SET d = 2 WHERE id = 5").held).toEqual([]);
  expect(picture("B", "UPDATE v SET d = 2 WHERE id = 10").held).toEqual([]);
});
