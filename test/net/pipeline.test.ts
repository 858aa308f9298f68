/** What holds for every result, client, line and time between net_buffer and the application. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { firstDifference } from "../../src/cli/first_difference.ts";
import { replayScenario } from "../../src/cli/replay_scenario.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { applyEvent, initialState } from "../../src/trace/apply.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { NetEvent } from "../../src/trace/events_net.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import type { Outcome, State } from "../../src/trace/state.ts";
import type { ClientSettings, NetState } from "../../src/trace/state_net.ts";

/** On a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

const A = "A" as SessionName;
const B = "B" as SessionName;
/** What a scenario writes for the connection id of session A. */
const ID_OF_A = ["$", "{A}"].join("");
const HEADER = 4;

interface Played {
  readonly events: readonly TraceEvent[];
  readonly net: readonly (TraceEvent & NetEvent)[];
  readonly outcomes: readonly { readonly step: number; readonly outcome: Outcome }[];
  readonly state: State;
}

function play(netBufferLength: number, sizes: readonly number[], steps: readonly Step[]): Played {
  const events: TraceEvent[] = [];
  let state = initialState;
  const server = new Simulation({
    statementsKept: Number.POSITIVE_INFINITY,
    emit: (event) => {
      events.push(event);
      state = applyEvent(state, event);
    },
  });
  const failure = server.setup([
    `SET GLOBAL net_buffer_length = ${netBufferLength}`,
    "CREATE TABLE r (id INT PRIMARY KEY, pad TEXT)",
    ...sizes.map((size, at) => `INSERT INTO r VALUES (${at + 1}, REPEAT('x', ${size}))`),
  ]);
  expect(failure).toBeNull();
  const outcomes: { step: number; outcome: Outcome }[] = [];
  for (const [at, step] of steps.entries()) {
    const result = server.step(step);
    outcomes.push(...result.woken);
    if (result.outcome !== null) outcomes.push({ step: at, outcome: result.outcome });
    expect(firstDifference(state, server.dump())).toBeNull();
  }
  const net = events.filter((event): event is TraceEvent & NetEvent => "now" in event);
  return { events, net, outcomes, state };
}

const settings = fc.record({
  api: fc.constantFrom<ClientSettings["api"]>(
    "mysql_store_result",
    "mysql_use_result",
    "MySQLdb.Cursor",
    "MySQLdb.SSCursor",
    "MySQLdb.SSDictCursor",
    "pymysql.Cursor",
    "pymysql.SSCursor",
  ),
  sendBufferBytes: fc.integer({ min: 1, max: 20_000 }),
  receiveBufferBytes: fc.integer({ min: 1, max: 20_000 }),
  bandwidthBytesPerS: fc.option(fc.integer({ min: 1000, max: 1_000_000 })),
  latencyMs: fc.constantFrom(0, 0.25, 3, 150),
  segmentBytes: fc.constantFrom(20, 100, 1448, 65_483),
  memoryLimitBytes: fc.option(fc.integer({ min: 500, max: 60_000 }), { freq: 5 }),
  fetch: fc.constantFrom<ClientSettings["fetch"]>("one", "many", "all"),
  fetchSize: fc.integer({ min: 1, max: 7 }),
  rowMs: fc.constantFrom(0, 0, 20, 700),
  pauseAtRow: fc.option(fc.integer({ min: 1, max: 12 })),
  pauseMs: fc.constantFrom(0, 500, 90_000),
  storeFirst: fc.boolean(),
  turnAtRow: fc.option(fc.integer({ min: 1, max: 12 })),
  turn: fc.constantFrom<ClientSettings["turn"]>("break", "close", "query", "ping", "crash"),
});

const rowSizes = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 40 }),
    fc.integer({ min: 900, max: 1100 }),
    fc.integer({ min: 0, max: 9000 }),
  ),
  { maxLength: 25 },
);

const SELECT: Step = { session: A, sql: "SELECT * FROM r" };

function gaugesSum({ gauges }: Pick<NetState, "gauges">): number {
  const { netBuffer, rowPacket, sendQueue, wire, receiveBuffer } = gauges;
  return netBuffer + rowPacket + sendQueue + wire + receiveBuffer;
}

describe("at every event", () => {
  it("bytes in are bytes out and bytes on their way, and nobody holds more than he may", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1024, 4096),
        rowSizes,
        settings,
        fc.array(fc.constantFrom(0.001, 0.3, 5, 61), { maxLength: 4 }),
        (netBufferLength, sizes, client, waits) => {
          const { net, outcomes } = play(netBufferLength, sizes, [
            { session: A, client },
            SELECT,
            ...waits.map((advance) => ({ advance })),
            { advance: 100_000 },
          ]);
          const longest = Math.max(100, ...sizes.map((size) => size + 20));
          for (const { now } of net) {
            const { totals, gauges } = now;
            expect(totals.bytesWritten).toBe(gaugesSum(now) + totals.bytesRead + totals.bytesLost);
            expect(gauges.netBuffer).toBeLessThanOrEqual(netBufferLength);
            expect(gauges.netBuffer + gauges.rowPacket).toBeLessThanOrEqual(
              netBufferLength + longest + HEADER,
            );
            expect(gauges.sendQueue + gauges.wire + gauges.unacknowledged).toBeLessThanOrEqual(
              client.sendBufferBytes,
            );
            expect(gauges.receiveBuffer).toBeLessThanOrEqual(client.receiveBufferBytes);
            if (client.api === "mysql_use_result") {
              expect(gauges.clientMemory).toBeLessThanOrEqual(longest);
            }
            if (client.memoryLimitBytes !== null) {
              expect(gauges.clientMemory + gauges.appMemory).toBeLessThanOrEqual(
                client.memoryLimitBytes,
              );
            }
            expect(totals.rowsWritten).toBeGreaterThanOrEqual(totals.rowsSent);
            expect(totals.rowsSent).toBeGreaterThanOrEqual(totals.rowsTransmitted);
            expect(totals.rowsTransmitted).toBeGreaterThanOrEqual(totals.rowsArrived);
            expect(totals.rowsArrived).toBeGreaterThanOrEqual(totals.rowsReceived);
            expect(totals.rowsReceived).toBeGreaterThanOrEqual(totals.rowsRead);
          }
          expect(outcomes.some(({ step }) => step === 1)).toBe(true);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("a patient client gets every row, in order, whatever the buffers", () => {
    fc.assert(
      fc.property(fc.constantFrom(1024, 4096), rowSizes, settings, (length, sizes, given) => {
        // A line and buffers on which a third of the send buffer is free again within net_write_timeout.
        const client = {
          ...given,
          memoryLimitBytes: null,
          turnAtRow: null,
          rowMs: 0,
          pauseMs: 0,
          receiveBufferBytes: given.receiveBufferBytes + 1000,
          segmentBytes: given.segmentBytes + 100,
          bandwidthBytesPerS: null,
        };
        const { outcomes } = play(length, sizes, [
          { session: A, client },
          SELECT,
          { advance: 100_000 },
        ]);
        const mine = outcomes.find(({ step }) => step === 1)?.outcome;
        expect(mine?.kind === "rows" ? mine.rows : mine).toEqual(
          sizes.map((size, at) => [String(at + 1), "x".repeat(size)]),
        );
      }),
      { numRuns: 12 },
    );
  });
});

describe("a stalled client", () => {
  it("costs the server nothing but its state: no row is made, no byte is kept beyond net_buffer and a row", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1024, 4096),
        fc.array(fc.integer({ min: 300, max: 3000 }), { minLength: 30, maxLength: 40 }),
        fc.constantFrom<ClientSettings["api"]>("mysql_use_result", "pymysql.SSCursor"),
        fc.array(fc.constantFrom(1, 10, 17), { minLength: 1, maxLength: 3 }),
        (netBufferLength, sizes, api, waits) => {
          const client = { api, sendBufferBytes: 2048, receiveBufferBytes: 2048, rowMs: 1e9 };
          const { events, net } = play(netBufferLength, sizes, [
            { session: A, client },
            SELECT,
            ...waits.map((advance) => ({ advance })),
          ]);
          const stalled = net.findLast(({ command }) => command === 1)?.now;
          expect(stalled?.server.phase).toBe("waiting");
          const meanwhile = events.filter(({ command }) => command > 1);
          expect(meanwhile.map(({ type }) => type)).toEqual(waits.map(() => "clock.advanced"));
          const { netBuffer = 0, rowPacket = 0 } = stalled?.gauges ?? {};
          expect(netBuffer + rowPacket).toBeLessThanOrEqual(
            netBufferLength + Math.max(...sizes) + 20,
          );
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe("every end releases everything", () => {
  const ends: readonly (readonly [string, readonly Step[]])[] = [
    ["the last row", [{ session: A, call: "fetchall" }]],
    ["close", [{ session: A, call: "close" }]],
    ["net_write_timeout", [{ advance: 61 }, { session: A, call: "fetchall" }]],
    [
      "KILL QUERY",
      [
        { session: B, sql: `KILL QUERY ${ID_OF_A}` },
        { session: A, call: "fetchall" },
      ],
    ],
    [
      "KILL",
      [
        { session: B, sql: `KILL ${ID_OF_A}` },
        { session: A, call: "fetchall" },
      ],
    ],
    ["a crash", [{ session: A, call: "crash" }]],
    ["@disconnect", [{ session: A, sql: "@disconnect" }]],
  ];

  it.each(ends)("%s", (_name, end) => {
    const { state, events } = play(1024, new Array(60).fill(400), [
      {
        session: A,
        client: {
          api: "mysql_use_result",
          fetch: "manual",
          sendBufferBytes: 2048,
          receiveBufferBytes: 2048,
        },
      },
      { session: A, sql: "SELECT * FROM r FOR UPDATE" },
      { session: A, call: "fetchone" },
      ...end,
    ]);
    expect(events.some((event) => event.type === "net.blocked")).toBe(true);
    const [net] = state.net;
    const { peaks: _peaks, ...after } = net as NetState;
    for (const [stage, bytes] of Object.entries(after.gauges))
      expect([stage, bytes]).toEqual([stage, 0]);
    expect(after.server.statement).toBeNull();
    for (const map of [state.recLocks, state.tableLocks, state.trxs, state.readViews, state.mdls]) {
      expect(map.size).toBe(0);
    }
  });
});

describe("a long stream", () => {
  it("makes few events, and they lack no packet, no send() and no row", () => {
    const sizes = new Array(3000).fill(20);
    const { events, net, state } = play(1024, sizes, [
      {
        session: A,
        client: {
          api: "mysql_use_result",
          sendBufferBytes: 2048,
          receiveBufferBytes: 2048,
          rowMs: 1,
        },
      },
      SELECT,
      { advance: 10 },
    ]);
    expect(net.length).toBeLessThan(1000);
    const inStep = events.filter((event) => event.command >= 1);
    expect(inStep.length).toBeLessThan(2500);
    const visited = inStep.reduce((count, event) => {
      if (event.type === "rec.streamed") return count + event.visited;
      return event.type === "rec.visited" && event.verdict === "match" ? count + 1 : count;
    }, 0);
    expect(visited).toBe(sizes.length);
    const flows = net.flatMap((event) => (event.type === "net.flowed" ? [event] : []));
    const sum = (of: "packets" | "sends") =>
      flows.reduce(
        (total, flow) => total + flow[of].reduce((part, [size, times]) => part + size * times, 0),
        0,
      );
    const packets = flows.reduce(
      (count, flow) => count + flow.packets.reduce((part, [, times]) => part + times, 0),
      0,
    );
    const written = state.net[0]?.totals.bytesWritten ?? 0;
    expect(sum("sends")).toBe(written);
    expect(sum("packets") + HEADER * packets).toBe(written);
    expect(flows.reduce((count, flow) => count + flow.fetched, 0)).toBe(sizes.length);
  });
});

describe("the headless replay", () => {
  it("writes what the programs got, with steps that configure clients and make calls", () => {
    const { steps } = replayScenario(
      {
        id: "net",
        setup: ["CREATE TABLE r (id INT PRIMARY KEY)", "INSERT INTO r VALUES (1), (2), (3)"],
        steps: [
          { session: A, client: { api: "MySQLdb.SSCursor", fetch: "manual", latencyMs: 5 } },
          SELECT,
          { advance: 1 },
          { session: A, call: "fetchmany", size: 2 },
          { session: A, sql: "SELECT 5" },
          { session: A, client: { bandwidthBytesPerS: 0 } },
        ],
      },
      { checkFold: true },
    );
    expect(steps.map(({ outcome }) => outcome)).toEqual([
      "ok",
      "blocked",
      undefined,
      "ok",
      "error",
      "skipped",
    ]);
    expect(steps[2]?.woken).toMatchObject([{ step: 1, outcome: "ok", columns: ["id"] }]);
    expect(steps[3]?.rows).toEqual([["1"], ["2"]]);
    expect(steps[4]?.errno).toBe(2014);
  });
});
