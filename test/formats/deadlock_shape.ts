/** What two deadlocks must have in common to be the same: locks, modes, records and the victim, without ids and pages. */
import { replayScenario } from "../../src/cli/replay_scenario.ts";
import { cleaned, deadlocksIn, type LogLock } from "../../src/formats/deadlock_log.ts";
import { only } from "./imported_text.ts";

/** `shapeOf`, as far as `log` tells it: not every log prints the records. */
export function shapeAsIn(log: string, text: string): readonly string[] {
  const lines = shapeOf(text);
  return log.includes("Record lock,")
    ? lines
    : lines.map((line) => line.replace(/ \[[^\]]*\]/g, " []"));
}

/** A line for each transaction of the first deadlock in the text. */
export function shapeOf(text: string): readonly string[] {
  const [log] = deadlocksIn(cleaned(text));
  if (log === undefined) return [];
  return log.trxs.map(({ number, holds, waits }) => {
    const parts = [`holds ${holds.map(lockShape).sort().join("; ")}`, `waits ${lockShape(waits)}`];
    return `(${number}) ${parts.join(", ")}${log.victim === number ? ", rolled back" : ""}`;
  });
}

function lockShape(lock: LogLock | null): string {
  if (lock === null) return "-";
  const { table, index, mode, shape, isInsertIntention, records } = lock;
  // The first field: its key, or the supremum's name.
  const keys = records.map((rec) => (rec.fields[0]?.bytes ?? []).join("."));
  const intention = isInsertIntention ? " insert intention" : "";
  // Of the supremum there is only the gap before it.
  const isSupremum = records.length > 0 && records.every((rec) => rec.isSupremum);
  const covered = isSupremum && shape === "ordinary" ? "gap" : shape;
  // A server with lower_case_table_names = 1 prints no other names.
  const place = `${table.toLowerCase()}.${index}`;
  return `${mode} ${covered}${intention} on ${place} [${keys.sort().join(" ")}]`;
}

/** What the server says of the deadlock that a log's scenario comes to. */
export function statusAfterOpening(text: string): string {
  const { scenario } = only(text);
  const asked = { session: "H", sql: "SHOW ENGINE INNODB STATUS" };
  const played = replayScenario({ ...scenario, steps: [...scenario.steps, asked] });
  return played.steps.at(-1)?.rows?.[0]?.[2] ?? "";
}
