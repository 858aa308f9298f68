/** Commands that put another script in the place of this one, or the same one in another form; all of them can be undone. */
import type { Step } from "../../trace/scenario.ts";
import { endOfCommand } from "../../trace/timeline.ts";
import type { PageCommands } from "../page_commands.ts";
import { type PageState, type PageStore, snapshotOf } from "../page_store.ts";
import { isLike, type Script, scriptOfLesson, withSteps } from "../script.ts";
import type { CommandTurns } from "./command_turns.ts";
import { remembered, type ScriptRun, withBranch } from "./script_run.ts";

/** Another script comes; what is there stays within reach of undo. */
export function openingCommands(
  store: PageStore,
  turns: CommandTurns,
  run: ScriptRun,
): Pick<PageCommands, "openLesson" | "open" | "undo" | "redo"> {
  const page = store.getState;

  /** Moves a snapshot from one stack to the other and opens it. */
  async function travel(from: "undo" | "redo", to: "undo" | "redo"): Promise<void> {
    const snapshot = page()[from].at(-1);
    if (snapshot === undefined) return;
    const { script, texts, branches, position, edit, by } = snapshot;
    const change = (left: PageState): Partial<PageState> => {
      // What somebody has typed since is theirs.
      const isEdited = edit !== null && left.texts[edit.session] === edit.to;
      return {
        [from]: left[from].slice(0, -1),
        [to]: [
          ...left[to],
          {
            ...snapshotOf(left, by),
            ...(texts === null ? { texts } : {}),
            ...(branches === null ? { branches } : {}),
            edit: isEdited ? { ...edit, from: edit.to, to: edit.from } : null,
          },
        ],
        ...(isEdited ? { texts: { ...left.texts, [edit.session]: edit.from } } : {}),
        ...(texts === null ? {} : { texts }),
        ...(branches === null ? {} : { branches }),
      };
    };
    await run.load(script, change, position, true);
  }

  return {
    openLesson: (lesson) =>
      turns.inTurn(() => run.load(scriptOfLesson(lesson), opening(lesson.editors, []), null)),
    open: (script, position, texts, branches = []) =>
      turns.inTurn(() =>
        run.load(script, texts === undefined ? {} : opening(texts, branches), position, true),
      ),
    undo: () => turns.inTurn(() => travel("undo", "redo")),
    redo: () => turns.inTurn(() => travel("redo", "undo")),
  };
}

/** Other texts and branches come; what was there, if there was anything, is one Undo away. */
function opening(
  texts: PageState["texts"],
  branches: PageState["branches"],
): (left: PageState) => Partial<PageState> {
  return (left) => {
    const isFirst = left.openings === 0 && left.timeline.length === 0;
    const undoable = isFirst ? {} : remembered(left, snapshotOf(left, "opening"));
    return { ...undoable, texts, branches };
  };
}

/** The script that is there, from its beginning, with other tables or settings or in another order. */
export function retellingCommands(
  store: PageStore,
  turns: CommandTurns,
  run: ScriptRun,
): Pick<PageCommands, "openSetup" | "retell" | "restart" | "reschedule"> {
  const page = store.getState;
  return {
    openSetup: (setup, keepsSteps = false) =>
      turns.inTurn(() => {
        run.rememberAll("tables");
        const { script, branches } = page();
        const { log: _, ...rest } = script;
        const scenario = keepsSteps
          ? { ...script.scenario, id: "mine", setup }
          : { id: "mine", setup, steps: [] };
        const kept = keepsSteps ? withBranch(branches, script) : [];
        return run.load({ ...rest, lesson: null, scenario }, { branches: kept }, null);
      }),
    retell: (scenario) =>
      turns.inTurn(() => {
        const { script } = page();
        run.rememberScript("settings");
        return run.load({ ...script, scenario }, {}, null);
      }),
    restart: (emptied = false) =>
      turns.inTurn(() => {
        if (emptied) run.rememberAll("restart");
        else run.rememberScript("restart");
        const { script, branches } = page();
        const { steps } = script.scenario;
        const clients = emptied ? [] : clientsBefore(steps);
        const kept = steps.length > clients.length ? withBranch(branches, script) : branches;
        const change = { branches: kept, ...(emptied ? { texts: {} } : {}) };
        return run.load(withSteps(script, clients), change, null, true);
      }),
    reschedule: (steps, focus, texts) =>
      turns.inTurn(async () => {
        const { script, position, timeline, undo } = page();
        const told = withSteps(script, steps);
        // Of several moves in a row the order before the first stays as a future.
        const goesOn = texts === undefined && undo.at(-1)?.by === "schedule";
        if (texts === undefined) run.rememberBranches("schedule");
        else run.rememberAll("edit");
        const others = page().branches.filter((branch) => !isLike(branch.script, told));
        const wasAtEnd = position === timeline.length;
        const kept = goesOn ? others : withBranch(others, script);
        await run.load(told, { branches: kept, ...(texts && { texts }) }, null, true);
        if (wasAtEnd || focus === null) return;
        page().seek(endOfCommand(page().timeline, focus));
      }),
  };
}

/** How the clients are set before anything runs: as much of the story's beginning as its tables are. */
function clientsBefore(steps: readonly Step[]): readonly Step[] {
  const first = steps.findIndex((step) => !("client" in step));
  return first < 0 ? steps : steps.slice(0, first);
}

/** The script becomes a branch, and another takes its place. */
export function branchCommands(
  store: PageStore,
  turns: CommandTurns,
  run: ScriptRun,
): Pick<PageCommands, "adopt" | "openBranch"> {
  const page = store.getState;

  /** `others`: the branches besides. */
  function swap(other: Script): Promise<void> {
    run.rememberScript("branch");
    const { script, branches } = page();
    const others = branches.filter((branch) => !isLike(branch.script, other));
    return run.load(other, { branches: withBranch(others, script) }, null, true);
  }

  return {
    adopt: (other) => turns.inTurn(() => swap(other)),
    openBranch: (branch) => turns.inTurn(() => swap(branch.script)),
  };
}
