import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { intMapGet } from "../../src/base/int_map.ts";
import { importText } from "../../src/formats/import_text.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { applyEvents, initialState } from "../../src/trace/apply.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { Ref } from "../../src/trace/ref.ts";
import type { State } from "../../src/trace/state.ts";
import { givenLogParts } from "../../src/views/stage/deadlock_notes.ts";
import { logLines } from "../../src/views/stage/log_lines.ts";

const FOLDER = "test/formats/deadlock_logs";
const MARIADB = `*** (1) TRANSACTION:
TRANSACTION 11, ACTIVE 2 sec starting index read
LOCK WAIT 3 lock struct(s), heap size 1128, 2 row lock(s)
MariaDB thread id 9, OS thread handle 1, query id 5 localhost root Updating
SELECT * FROM t WHERE id = 2 FOR UPDATE
*** WAITING FOR THIS LOCK TO BE GRANTED:
RECORD LOCKS space id 8 page no 3 n bits 8 index PRIMARY of table \`d\`.\`t\` trx id 11 lock_mode X locks rec but not gap waiting
Record lock, heap no 3 PHYSICAL RECORD: n_fields 3; compact format; info bits 0
 0: len 4; hex 80000002; asc     ;;
 1: len 6; hex 00000000000a; asc       ;;
 2: len 7; hex 80000000000000; asc        ;;
*** CONFLICTING WITH:
RECORD LOCKS space id 8 page no 3 n bits 8 index PRIMARY of table \`d\`.\`t\` trx id 12 lock_mode X locks rec but not gap
Record lock, heap no 3 PHYSICAL RECORD: n_fields 3; compact format; info bits 0
 0: len 4; hex 80000002; asc     ;;
 1: len 6; hex 00000000000a; asc       ;;
 2: len 7; hex 80000000000000; asc        ;;
*** (2) TRANSACTION:
TRANSACTION 12, ACTIVE 1 sec starting index read
LOCK WAIT 3 lock struct(s), heap size 1128, 2 row lock(s)
MariaDB thread id 10, OS thread handle 1, query id 6 localhost root Updating
SELECT * FROM t WHERE id = 1 FOR UPDATE
*** WAITING FOR THIS LOCK TO BE GRANTED:
RECORD LOCKS space id 8 page no 3 n bits 8 index PRIMARY of table \`d\`.\`t\` trx id 12 lock_mode X locks rec but not gap waiting
Record lock, heap no 2 PHYSICAL RECORD: n_fields 3; compact format; info bits 0
 0: len 4; hex 80000001; asc     ;;
 1: len 6; hex 00000000000a; asc       ;;
 2: len 7; hex 80000000000000; asc        ;;
*** CONFLICTING WITH:
RECORD LOCKS space id 8 page no 3 n bits 8 index PRIMARY of table \`d\`.\`t\` trx id 11 lock_mode X locks rec but not gap
Record lock, heap no 2 PHYSICAL RECORD: n_fields 3; compact format; info bits 0
 0: len 4; hex 80000001; asc     ;;
 1: len 6; hex 00000000000a; asc       ;;
 2: len 7; hex 80000000000000; asc        ;;
*** WE ROLL BACK TRANSACTION (2)`;

describe("the lines of a deadlock log that was opened", () => {
  it.each(readdirSync(FOLDER))("of %s are each about a thing of the picture", (name) => {
    const { log, lines, refOf } = opened(readFileSync(`${FOLDER}/${name}`, "utf8"));
    expect(
      lines
        .map(({ text }) => text)
        .join("\n")
        .replace(/\n+/g, "\n"),
    ).toBe(log.replace(/\n+/g, "\n"));
    for (const { text, ref } of lines) expect(ref, text).not.toBeNull();
    expect(lines.flatMap(({ ref }) => (ref?.kind === "statement" ? [ref] : []))).toHaveLength(2);
    expect(refOf("*** (1) TRANSACTION")).toEqual({ kind: "session", id: "A" });
    expect(refOf("*** (2) WAITING")?.kind).toBe("lock");
  });

  it("tell the records of one lock struct apart", () => {
    const { lines, state } = opened(readFileSync(`${FOLDER}/secondary-range.txt`, "utf8"));
    const locks = lines.flatMap(({ text, ref }) =>
      text.includes("Record lock,") && ref?.kind === "lock"
        ? [intMapGet(state.recLocks, ref.id)?.data]
        : [],
    );
    expect(locks).toEqual(["5, 2", "9, 3", "supremum pseudo-record", "9, 3", "5, 2"]);
  });

  it("of MariaDB's name with CONFLICTING WITH what the other one holds", () => {
    const { lines, parts, state } = opened(MARIADB);
    const held = lines.filter(({ text }) => text.startsWith("*** CONFLICTING"));
    expect(held.map(({ ref }) => sessionOf(state, ref))).toEqual(["B", "A"]);
    const notes = parts.map((part) => part.notes.join(" "));
    expect(notes[2]).toContain("What (2) holds and (1) waits for.");
    expect(notes.filter((note) => note.includes("When it was found"))).toEqual([]);
  });
});

function sessionOf(state: State, ref: Ref | null): string | undefined {
  return ref?.kind === "lock" ? intMapGet(state.recLocks, ref.id)?.session : undefined;
}

function opened(text: string) {
  const result = importText(text, "log", null, "");
  if (result.kind !== "imported") throw new Error(result.kind);
  const [imported] = result.scenarios;
  if (imported?.log === undefined) throw new Error("no log");
  const { log, scenario } = imported;
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  simulation.setup(scenario.setup);
  for (const step of scenario.steps) simulation.step(step);
  const at = events.findIndex((event) => event.type === "deadlock.found");
  const state = applyEvents(initialState, events.slice(0, at + 1));
  const deadlock = state.lastDeadlock;
  if (deadlock === null) throw new Error("no deadlock");
  const parts = givenLogParts(log, deadlock, "en");
  const lines = parts.flatMap((part) => logLines(part, log, state, deadlock));
  const refOf = (begins: string) => lines.find((one) => one.text.startsWith(begins))?.ref;
  return { log, lines, parts, state, refOf };
}
