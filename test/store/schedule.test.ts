import { describe, expect, it } from "vitest";
import { createCommands } from "../../src/store/commands/commands.ts";
import { createComparing } from "../../src/store/comparing.ts";
import { createEngineClient } from "../../src/store/engine_client.ts";
import { createPageStore } from "../../src/store/page_store.ts";
import { withSteps } from "../../src/store/script.ts";
import { atLevel, goingFirst, moved } from "../../src/store/variants.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { FakeWorker } from "./fake_worker.ts";

const A = "A" as SessionName;
const B = "B" as SessionName;
const step = (session: SessionName, sql: string): Step => ({ session, sql });

async function page() {
  const store = createPageStore();
  const workers: FakeWorker[] = [];
  const connect = () =>
    createEngineClient(() => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    }, 10_000);
  const commands = { ...createCommands(store, connect()), ...createComparing(store, connect) };
  store.setState({ commands });
  await commands.openSetup(["CREATE TABLE t (id INT)"]);
  await commands.run(A, ["one", "two"]);
  await commands.run(B, ["three"]);
  const state = () => store.getState();
  const steps = () =>
    state().script.scenario.steps.map((each) => ("sql" in each ? each.sql : "time"));
  return { store, commands, state, steps, workers };
}

describe("another order", () => {
  it("moves a step to its place, and leaves the others as they were", () => {
    const steps = ["a", "b", "c", "d"].map((sql) => step(A, sql));
    const said = (list: readonly Step[]) => list.map((each) => ("sql" in each ? each.sql : ""));
    expect(said(moved(steps, 0, 2))).toEqual(["b", "c", "a", "d"]);
    expect(said(moved(steps, 3, 0))).toEqual(["d", "a", "b", "c"]);
    expect(said(moved(steps, 1, 9))).toEqual(["a", "c", "d", "b"]);
    expect(moved(steps, 7, 0)).toBe(steps);
  });

  it("lets a session go first and keeps the order within each", () => {
    const steps = [step(A, "1"), step(B, "2"), { advance: 1 }, step(A, "3"), step(B, "4")];
    expect(goingFirst(steps, B)).toEqual([steps[1], steps[4], steps[0], steps[2], steps[3]]);
  });

  it("is run again at once, stays at the end, and is taken back by undo", async () => {
    const { commands, state, steps } = await page();
    await commands.reschedule(moved(state().script.scenario.steps, 2, 0), 0);
    expect(steps()).toEqual(["three", "one", "two"]);
    expect(state().position).toBe(state().timeline.length);
    expect(state().timeline.commandStarts.map(({ command }) => command)).toEqual([-1, 0, 1, 2]);
    await commands.undo();
    expect(steps()).toEqual(["one", "two", "three"]);
  });

  it("leaves the order before it as a future, once for several moves, until it is that order again", async () => {
    const { commands, state, steps } = await page();
    const futures = () =>
      state().branches.map(({ script }) =>
        script.scenario.steps.map((one) => ("sql" in one ? one.sql : "")),
      );
    await commands.reschedule(moved(state().script.scenario.steps, 2, 0), null);
    expect(futures()).toEqual([["one", "two", "three"]]);
    await commands.reschedule(moved(state().script.scenario.steps, 2, 0), null);
    expect(steps()).toEqual(["two", "three", "one"]);
    expect(futures()).toEqual([["one", "two", "three"]]);
    await commands.reschedule(moved(state().script.scenario.steps, 2, 0), null);
    expect(steps()).toEqual(["one", "two", "three"]);
    expect(futures()).toEqual([]);
    await commands.undo();
    expect(futures()).toEqual([["one", "two", "three"]]);
    await commands.undo();
    await commands.undo();
    expect(futures()).toEqual([]);
  });

  it("takes the cursor along when it is in the past", async () => {
    const { commands, state } = await page();
    state().seek(1);
    await commands.reschedule(moved(state().script.scenario.steps, 0, 1), 1);
    expect(state().eventAtCursor?.command).toBe(1);
    expect(state().position).toBeLessThan(state().timeline.length);
  });
});

describe("a script at one isolation level", () => {
  it("begins every session there, and leaves out what would choose another", () => {
    const scenario = {
      id: "x",
      setup: ["CREATE TABLE t (id INT)"],
      steps: [
        step(A, "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE"),
        step(B, "set transaction_isolation = 'SERIALIZABLE'"),
        step(A, "SET autocommit = 0"),
      ],
    };
    const script = atLevel({ lesson: null, scenario, sessions: [A, B] }, "READ COMMITTED");
    expect(script.scenario.setup.at(-1)).toBe(
      "SET GLOBAL TRANSACTION ISOLATION LEVEL READ COMMITTED",
    );
    expect(script.scenario.steps).toEqual([scenario.steps[2]]);
  });
});

describe("bookmarks", () => {
  it("are set and taken away at the cursor, in order, and those behind a fork go", async () => {
    const { commands, state } = await page();
    for (const position of [5, 2, 3]) {
      state().seek(position);
      state().toggleBookmark();
    }
    expect(state().script.bookmarks).toEqual([2, 3, 5]);
    state().toggleBookmark();
    expect(state().script.bookmarks).toEqual([2, 5]);
    await commands.run(A, ["new"]);
    expect(state().script.bookmarks).toEqual([2]);
  });
});

describe("comparing", () => {
  it("runs the other script on a server of its own, and leaves the page's alone", async () => {
    const { commands, state, workers } = await page();
    const now = state();
    const other = withSteps(now.script, [step(B, "only")]);
    await commands.compare(now.script, other);
    const { comparison } = state();
    if (comparison?.kind !== "done") throw new Error("not done");
    expect(comparison.left.timeline).toBe(now.timeline);
    expect(comparison.right.timeline.head.sessions.map(({ name }) => name)).toEqual(["B"]);
    expect(state().timeline).toBe(now.timeline);
    expect(workers).toHaveLength(2);
    commands.endComparison();
    expect(state().comparison).toBeNull();
    expect(workers[1]?.isEnded).toBe(true);
    expect(workers[0]?.isEnded).toBe(false);
  });

  it("says so when a side cannot be run", async () => {
    const { commands, state } = await page();
    await commands.compare(state().script, withSteps(state().script, [step(A, "crash")]));
    expect(state().comparison).toEqual({ kind: "failed", message: "a bug" });
  });
});

describe("Stop", () => {
  it("ends a statement that runs away; everything before it is there again", async () => {
    const { commands, state, steps, workers } = await page();
    const running = commands.run(A, ["silence"]);
    await expect.poll(() => workers[0]?.requests.at(-1)?.kind === "step").toBe(true);
    commands.stop();
    await running;
    expect(workers[0]?.isEnded).toBe(true);
    expect(steps()).toEqual(["one", "two", "three"]);
    expect(state().notice).toEqual({ kind: "halted", sql: "silence" });
    expect(state().phase).toBe("ready");
    await commands.run(A, ["four"]);
    expect(steps().at(-1)).toBe("four");
  });
});

it("started over, a story keeps the simulated client that it begins with", async () => {
  const { commands, state } = await page();
  await commands.restart();
  await commands.setClient(A, { rowMs: 100 });
  await commands.run(A, ["one"]);
  await commands.restart();
  const steps = () => state().script.scenario.steps;
  expect(steps()).toMatchObject([{ session: A, client: { rowMs: 100 } }]);
  const { length } = state().branches;
  await commands.restart();
  expect(state().branches).toHaveLength(length);
  await commands.restart(true);
  expect(steps()).toEqual([]);
});
