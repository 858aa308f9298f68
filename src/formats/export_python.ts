/** A Python program that plays the schedule on a real server and compares. The program is always the same; the plan is not. */
import { DISCONNECT, RECONNECT, type Scenario } from "../trace/scenario.ts";
import type { Outcome } from "../trace/state.ts";
import { oneLine, type PlayedStep, sessionsOf } from "./played.ts";
import { PLAYER } from "./python_player.ts";

interface Expected {
  readonly outcome: "ok" | "error" | "blocked" | "skipped" | "lost";
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly affected?: number;
  readonly errno?: number;
}

export function pythonScript(scenario: Scenario, played: readonly PlayedStep[]): string {
  const title = scenario.title ?? scenario.id;
  const plan = {
    title,
    setup: scenario.setup,
    sessions: sessionsOf(scenario),
    steps: played.map(planned),
  };
  return PLAYER.replace("@TITLE@", () => oneLine(title).replace(/[\\"]/g, "'")).replace(
    "@PLAN@",
    () => listed(plan),
  );
}

function planned(one: PlayedStep): object {
  const { step } = one;
  const woken = one.woken.map(({ step: at, session, outcome }) => ({
    step: at,
    session,
    expect: expected(outcome),
  }));
  const rest = woken.length === 0 ? {} : { woken };
  if ("advance" in step) return { advance: step.advance, ...rest };
  if (!("sql" in step)) return { note: `the simulated client of ${step.session}` };
  if (step.sql === DISCONNECT) return { session: step.session, disconnect: true, ...rest };
  if (step.sql === RECONNECT) return { session: step.session, reconnect: true, ...rest };
  const expect: Expected =
    one.outcome === null
      ? { outcome: one.kind === "skipped" ? "skipped" : "blocked" }
      : expected(one.outcome);
  return { session: step.session, sql: step.sql, expect, ...rest };
}

function expected(outcome: Outcome): Expected {
  switch (outcome.kind) {
    case "rows": {
      const { columns, rows, streamed } = outcome;
      return streamed === undefined ? { outcome: "ok", columns, rows } : { outcome: "ok", columns };
    }
    case "ok":
      return { outcome: "ok", affected: outcome.affected };
    case "error":
      return { outcome: "error", errno: outcome.errno };
    case "lost":
      return { outcome: "lost" };
  }
}

/** JSON with a step a line. No three double quotes can follow each other in it, nor can a backslash end it. */
function listed(
  plan: { readonly setup: readonly unknown[]; readonly steps: readonly unknown[] } & object,
): string {
  const { setup, steps, ...head } = plan;
  const lines = (values: readonly unknown[]): string =>
    values.map((value) => `\n  ${JSON.stringify(value)}`).join(",");
  return `${JSON.stringify(head).slice(0, -1)},\n"setup": [${lines(setup)}],\n"steps": [${lines(steps)}]}`;
}
