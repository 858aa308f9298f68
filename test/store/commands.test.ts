import { describe, expect, it } from "vitest";
import { LESSONS } from "../../src/lessons/lessons.ts";
import { createCommands } from "../../src/store/commands/commands.ts";
import { createComparing } from "../../src/store/comparing.ts";
import { createEngineClient } from "../../src/store/engine_client.ts";
import { tellBeforeLeaving } from "../../src/store/leaving.ts";
import { openScenario } from "../../src/store/open_scenario.ts";
import { createPageStore } from "../../src/store/page_store.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Ref } from "../../src/trace/ref.ts";
import type { Outcome } from "../../src/trace/state.ts";
import { boundaries, storyStart } from "../../src/trace/timeline.ts";
import { FakeWorker } from "./fake_worker.ts";

const A = "A" as SessionName;
const B = "B" as SessionName;

async function page(...sqlOfA: readonly string[]) {
  const store = createPageStore();
  const connect = () => createEngineClient(() => new FakeWorker(), 10_000);
  const commands = { ...createCommands(store, connect()), ...createComparing(store, connect) };
  store.setState({ commands });
  await commands.openSetup(["CREATE TABLE t (id INT)"]);
  if (sqlOfA.length > 0) await commands.run(A, sqlOfA);
  const state = () => store.getState();
  const steps = () =>
    state().script.scenario.steps.map((step) =>
      "sql" in step ? step.sql : "advance" in step ? step.advance : "",
    );
  return { store, commands, state, steps };
}

describe("telling the story again", () => {
  it("keeps the steps after another set-up, and can be taken back", async () => {
    const { commands, state, steps } = await page("one", "two");
    const { scenario } = state().script;
    await commands.retell({ ...scenario, setup: ["CREATE TABLE other (id INT)"] });
    expect(steps()).toEqual(["one", "two"]);
    expect(state().script.scenario.setup).toEqual(["CREATE TABLE other (id INT)"]);
    expect(state().position).toBe(state().timeline.length);
    await commands.undo();
    expect(state().script.scenario.setup).toEqual(scenario.setup);
  });
});

describe("a word to the person", () => {
  it("ends with the next statement, but not that the browser keeps nothing", async () => {
    const { commands, state, store } = await page("one");
    store.setState({ notice: { kind: "halted", sql: "two" } });
    await commands.run(A, ["three"]);
    expect(state().notice).toBeNull();
    store.setState({ notice: { kind: "notKept" } });
    await commands.run(A, ["four"]);
    expect(state().notice).toEqual({ kind: "notKept" });
  });
});

describe("what was asked about one thing", () => {
  it("is over when something else is run: the answer is about that then", async () => {
    const { commands, state } = await page("one");
    state().select({ kind: "event", id: state().position - 1 } as Ref);
    await commands.run(A, ["two"]);
    expect(state().selection).toBeNull();
  });

  it("and a panel that stood alone stands among the others in the next story", async () => {
    const { commands, state } = await page("one");
    await commands.open(state().script, null, {});
    state().prefer({ stage: { ...state().preferences.stage, focused: "index" } });
    await commands.run(A, ["two"]);
    expect(state().preferences.stage.focused).toBe("index");
    await commands.open(state().script, null, {});
    expect(state().preferences.stage.focused).toBeNull();
  });

  it("and so does a tab that was brought in front, unless the story is the same", async () => {
    const { commands, state } = await page("one");
    const { script } = state();
    const choose = () =>
      state().prefer({
        stage: { ...state().preferences.stage, front: { "locks below": "stream" } },
      });
    await commands.open(script, null, {});
    choose();
    await commands.open({ ...script, lesson: "gap-locks" }, null, {});
    expect(state().preferences.stage.front).toEqual({});
    choose();
    await commands.open({ ...script, lesson: "gap-locks" }, null, {});
    await commands.open(state().script, null);
    expect(state().preferences.stage.front).toEqual({ "locks below": "stream" });
  });

  it("what another session came to is told until one looks elsewhere in time", async () => {
    const { store, state } = await page("one");
    const outcome = { kind: "ok", affected: 1 } as unknown as Outcome;
    store.setState({ notice: { kind: "woken", ended: [{ session: B, outcome }] } });
    state().seek(state().position - 1);
    expect(state().notice).toBeNull();
  });
});

describe("a session that was selected because it waits", () => {
  it("is let go of where it does not wait, and another selection stays", async () => {
    const { state } = await page("one", "wait");
    const end = state().position;
    const session = { kind: "session", id: A } as const;
    state().select(session);
    state().seek(end);
    expect(state().selection).toEqual(session);
    state().seek(storyStart(state().timeline) + 1);
    expect(state().selection).toBeNull();
    state().select(session);
    state().seek(end);
    expect(state().selection).toEqual(session);
    const event = { kind: "event", id: end - 1 } as Ref;
    state().select(event);
    state().seek(storyStart(state().timeline) + 1);
    expect(state().selection).toEqual(event);
  });
});

describe("running", () => {
  it("adds each statement as a step and stands at its end", async () => {
    const { state, steps } = await page("one", "two");
    expect(steps()).toEqual(["one", "two"]);
    expect(state().position).toBe(state().timeline.length);
    expect(state().phase).toBe("ready");
  });

  it("stops at a wait and at an error, and says how many are left", async () => {
    const waits = await page("wait", "two", "three");
    expect(waits.steps()).toEqual(["wait"]);
    expect(waits.state().notice).toEqual({ kind: "stopped", session: A, at: "wait", left: 2 });
    const fails = await page("one", "error", "three");
    expect(fails.steps()).toEqual(["one", "error"]);
    expect(fails.state().notice).toEqual({ kind: "stopped", session: A, at: "error", left: 1 });
  });

  it("does not give a statement to a session that waits", async () => {
    const { commands, state, steps } = await page("wait");
    await commands.run(A, ["two"]);
    expect(steps()).toEqual(["wait"]);
    expect(state().notice).toEqual({ kind: "cannotRun", session: A, why: "waiting" });
  });

  it("takes time that passed bit by bit back as one", async () => {
    const { commands, steps } = await page("one");
    for (const seconds of [1, 5, 30]) await commands.advance(seconds);
    expect(steps()).toEqual(["one", 1, 5, 30]);
    await commands.undo();
    expect(steps()).toEqual(["one"]);
    await commands.redo();
    expect(steps()).toEqual(["one", 1, 5, 30]);
  });

  it("carries commands out one after the other", async () => {
    const { commands, steps } = await page();
    await Promise.all([commands.run(A, ["one", "two"]), commands.run(B, ["three"])]);
    expect(steps()).toEqual(["one", "two", "three"]);
  });

  it("gives a session that runs something a card, and takes the card of one that is disconnected", async () => {
    const { commands, state, steps } = await page();
    await commands.run("C" as SessionName, ["one"]);
    expect(state().script.sessions).toEqual(["A", "B", "C"]);
    await commands.disconnect("C" as SessionName);
    expect(steps()).toEqual(["one", "@disconnect"]);
    expect(state().script.sessions).toEqual(["A", "B"]);
  });
});

describe("a failure of the simulator", () => {
  it("loses the statement that broke it and nothing else; there is no more to undo", async () => {
    const { commands, state, steps } = await page("one");
    const { length } = state().timeline;
    await commands.run(A, ["crash", "three"]);
    expect([steps(), state().timeline.length]).toEqual([["one"], length]);
    expect(state().notice).toEqual({ kind: "crashed", message: "a bug", sql: "crash" });
    await commands.undo();
    await commands.run(A, ["two"]);
    expect(steps()).toEqual(["two"]);
  });
});

describe("a part of the simulator that cannot be loaded", () => {
  it("loses nothing, and the statement may be tried again", async () => {
    const { commands, state, steps } = await page("one");
    await commands.run(A, ["missing", "three"]);
    expect(steps()).toEqual(["one"]);
    const { notice } = state();
    if (notice?.kind !== "partMissing") throw new Error(`a notice of ${notice?.kind}`);
    notice.retry();
    await expect.poll(steps).toEqual(["one", "missing"]);
    expect(state().notice).toBeNull();
  });
});

describe("going back and running something else", () => {
  it("forks: the steps up to the cursor, then the new one; the old future is kept", async () => {
    const { commands, state, steps } = await page("one", "two", "three");
    const [, afterOne] = boundaries(state().timeline);
    state().seek(afterOne ?? 0);
    await commands.run(B, ["other"]);
    expect(steps()).toEqual(["one", "other"]);
    expect(state().notice).toEqual({ kind: "forked", stepsLeft: 2 });
    const [branch] = state().branches;
    if (branch === undefined) throw new Error("the future is lost");
    await commands.openBranch(branch);
    expect(steps()).toEqual(["one", "two", "three"]);
    expect(state().branches).toHaveLength(1);
  });

  it("keeps what was run when it is started over, once", async () => {
    const { commands, state, steps } = await page("one", "two");
    await commands.restart();
    expect(steps()).toEqual([]);
    expect(state().undo.at(-1)?.by).toBe("restart");
    await commands.run(A, ["one", "two"]);
    await commands.restart();
    await commands.run(A, ["three"]);
    expect(state().branches.map(({ script }) => script.scenario.steps.length)).toEqual([2]);
  });

  it("keeps what was run when it is run again on other tables, and Undo leads back", async () => {
    const { commands, state, steps } = await page("one", "two");
    const { setup } = state().script.scenario;
    await commands.openSetup(["CREATE TABLE other"], true);
    expect(steps()).toEqual(["one", "two"]);
    expect(state().script.scenario.setup).toEqual(["CREATE TABLE other"]);
    expect(state().branches.map(({ script }) => script.scenario.setup)).toEqual([setup]);
    await commands.restart();
    expect(state().branches).toHaveLength(2);
    await commands.undo();
    await commands.undo();
    expect(state().script.scenario.setup).toEqual(setup);
    expect(state().branches).toEqual([]);
  });

  it("lets a session that waits now run where it did not wait yet", async () => {
    const { commands, state, steps } = await page("one", "wait");
    const [, afterOne] = boundaries(state().timeline);
    state().seek(afterOne ?? 0);
    await commands.run(A, ["other"]);
    expect(steps()).toEqual(["one", "other"]);
  });
});

describe("a title", () => {
  it("goes with the script, and an empty one goes away", async () => {
    const { state } = await page("one");
    state().rename("  Who   waits?  ");
    expect(state().script.scenario.title).toBe("Who waits?");
    state().rename(" ");
    expect("title" in state().script.scenario).toBe(false);
    expect(state().script.scenario.steps).toHaveLength(1);
  });
});

describe("undo", () => {
  it("takes back the last run, and redo brings it again", async () => {
    const { commands, steps } = await page("one");
    await commands.run(A, ["two", "three"]);
    await commands.undo();
    expect(steps()).toEqual(["one"]);
    await commands.redo();
    expect(steps()).toEqual(["one", "two", "three"]);
  });

  it("brings back the text that a run was edited from, and where in time one was", async () => {
    const { commands, state, steps } = await page();
    state().setText(A, "one;\ntwo");
    await commands.run(A, ["one", "two"]);
    state().seek(storyStart(state().timeline) + 1);
    const { position } = state();
    state().setText(A, "one;\n2wo");
    await commands.run(A, ["2wo"]);
    await commands.undo();
    expect(steps()).toEqual(["one", "two"]);
    expect(state().texts[A]).toBe("one;\ntwo");
    expect(state().position).toBe(position);
    await commands.redo();
    expect(state().texts[A]).toBe("one;\n2wo");
  });

  it("leaves a text as it is that has only got more statements, or was changed since", async () => {
    const { commands, state } = await page();
    state().setText(A, "one;");
    await commands.run(A, ["one"]);
    state().setText(A, "one;\ntwo;");
    await commands.run(A, ["two"]);
    await commands.undo();
    expect(state().texts[A]).toBe("one;\ntwo;");
    state().setText(A, "one;\nthree;");
    await commands.run(A, ["three"]);
    state().setText(A, "one;\nfour;");
    await commands.undo();
    expect(state().texts[A]).toBe("one;\nfour;");
  });

  it("is kept as a future when something else is run after it", async () => {
    const { commands, state, steps } = await page("one");
    await commands.run(A, ["two", "three"]);
    await commands.undo();
    await commands.run(A, ["four"]);
    expect(steps()).toEqual(["one", "four"]);
    expect(state().branches.map(({ script }) => script.scenario.steps.length)).toEqual([3]);
  });

  it("has a name: what led from there to here", async () => {
    const { commands, state } = await page("one", "two", "three");
    const name = () => state().undo.at(-1)?.by;
    expect(name()).toBe("run");
    const { steps } = state().script.scenario;
    await commands.reschedule(steps.toReversed(), null);
    expect(name()).toBe("schedule");
    await commands.reschedule(steps.slice(1), null);
    expect(name()).toBe("schedule");
    await commands.run(A, ["four"]);
    expect(name()).toBe("run");
    await commands.advance(1);
    expect(name()).toBe("time");
    state().seek(0);
    await commands.run(A, ["five"]);
    const [branch] = state().branches;
    if (branch === undefined) throw new Error("no other future");
    await commands.openBranch(branch);
    expect(name()).toBe("branch");
    await commands.undo();
    await commands.redo();
    expect(name()).toBe("branch");
    await commands.disconnect(A);
    expect(name()).toBe("disconnect");
    await commands.openSetup([]);
    expect(name()).toBe("tables");
    const [lesson] = LESSONS;
    if (lesson === undefined) throw new Error("no lesson");
    await commands.openLesson(lesson);
    expect(name()).toBe("opening");
  });

  it("brings back the editors that an example replaced", async () => {
    const { commands, state, steps } = await page("one");
    state().setText(A, "my own text");
    const [lesson] = LESSONS;
    if (lesson === undefined) throw new Error("no lesson");
    await commands.openLesson(lesson);
    expect(state().texts[A]).toBe(lesson.editors.A);
    await commands.undo();
    expect(state().texts[A]).toBe("my own text");
    expect(steps()).toEqual(["one"]);
  });

  it("brings back the futures that other tables or an example took away", async () => {
    const { commands, state } = await page("one", "two");
    state().seek(0);
    await commands.run(A, ["three"]);
    const { branches } = state();
    expect(branches).toHaveLength(1);
    await commands.openSetup([]);
    expect(state().branches).toEqual([]);
    const [lesson] = LESSONS;
    if (lesson === undefined) throw new Error("no lesson");
    await commands.openLesson(lesson);
    await commands.undo();
    expect(state().branches).toEqual([]);
    await commands.undo();
    expect(state().branches).toEqual(branches);
    await commands.redo();
    expect(state().branches).toEqual([]);
  });

  it("and what is typed into them until the example stands, and until an undo does", async () => {
    const { commands, state } = await page("one");
    const [lesson] = LESSONS;
    if (lesson === undefined) throw new Error("no lesson");
    let typed = "typed while it was on its way";
    const typedLater = tellBeforeLeaving(() => state().setText(A, typed));
    await commands.openLesson(lesson);
    expect(state().texts[A]).toBe(lesson.editors.A);
    typed = "typed into the example";
    await commands.undo();
    expect(state().texts[A]).toBe("typed while it was on its way");
    typedLater();
    await commands.redo();
    expect(state().texts[A]).toBe("typed into the example");
  });

  it("and those that a scenario from outside replaced, with its own futures in the place of theirs", async () => {
    const { store, commands, state } = await page("one");
    const typedLater = tellBeforeLeaving(() => state().setText(A, "typed meanwhile"));
    const { scenario } = state().script;
    const opened = { scenario, editors: { A: "theirs" }, position: null, futures: [scenario] };
    expect(await openScenario(store, opened)).toBeNull();
    typedLater();
    expect(state().texts[A]).toBe("theirs");
    expect(state().branches.map(({ id }) => id)).toEqual([1]);
    await commands.undo();
    expect(state().texts[A]).toBe("typed meanwhile");
  });
});
