/** Commands that put another script in the place of this one, or the same one in another form; all of them can be undone. */
import { endOfCommand } from "../../trace/timeline.ts";
import type { PageCommands } from "../page_commands.ts";
import { type PageState, type PageStore, snapshotOf } from "../page_store.ts";
import { type Branch, type Script, scriptOfLesson, withSteps } from "../script.ts";
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
    const { script, texts, branches, by } = snapshot;
    const change = (left: PageState): Partial<PageState> => ({
      [from]: left[from].slice(0, -1),
      [to]: [
        ...left[to],
        {
          script: left.script,
          texts: texts === null ? null : left.texts,
          branches: branches === null ? null : left.branches,
          by,
        },
      ],
      ...(texts === null ? {} : { texts }),
      ...(branches === null ? {} : { branches }),
    });
    await run.load(script, change, null, true);
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
        const { script, branches } = page();
        run.rememberAll("tables");
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
    restart: () =>
      turns.inTurn(() => {
        const { script, branches } = page();
        run.rememberScript("restart");
        const isKept = script.scenario.steps.length > 0 && !branches.some(isLike(script));
        const kept = isKept ? withBranch(branches, script) : branches;
        return run.load(withSteps(script, []), { branches: kept }, null, true);
      }),
    reschedule: (steps, focus) =>
      turns.inTurn(async () => {
        const { script, position, timeline, branches, undo } = page();
        const told = withSteps(script, steps);
        // Of several moves in a row the order before the first stays as a future.
        const goesOn = undo.at(-1)?.by === "schedule";
        const others = branches.filter((branch) => !isLike(told)(branch));
        const isKept = !goesOn && !others.some(isLike(script));
        run.rememberBranches("schedule");
        const wasAtEnd = position === timeline.length;
        const kept = isKept ? withBranch(others, script) : others;
        await run.load(told, { branches: kept }, null, true);
        if (wasAtEnd || focus === null) return;
        page().seek(endOfCommand(page().timeline, focus));
      }),
  };
}

/** The script becomes a branch, and another takes its place. */
export function branchCommands(
  store: PageStore,
  turns: CommandTurns,
  run: ScriptRun,
): Pick<PageCommands, "adopt" | "openBranch"> {
  const page = store.getState;

  /** `others`: the branches besides. */
  function swap(other: Script, others: readonly Branch[]): Promise<void> {
    const { script } = page();
    run.rememberScript("branch");
    return run.load(other, { branches: withBranch(others, script) }, null, true);
  }

  return {
    adopt: (other) => turns.inTurn(() => swap(other, page().branches)),
    openBranch: (branch) =>
      turns.inTurn(() =>
        swap(
          branch.script,
          page().branches.filter(({ id }) => id !== branch.id),
        ),
      ),
  };
}

/** The same statements in the same order on the same tables: nobody needs that future twice. */
function isLike({ scenario }: Script): (branch: Branch) => boolean {
  const told = ({ setup, steps }: Script["scenario"]): string => JSON.stringify([setup, steps]);
  const own = told(scenario);
  return ({ script }) => told(script.scenario) === own;
}
