/**
 * Random traces: well-formed events in no sensible order. The fold is total, so it takes them; what must hold of
 * every trace (a seek equals a replay, nothing already folded is changed) must hold of these.
 */
import fc from "fast-check";
import type { EventBody, TraceEvent } from "../../src/trace/events.ts";
import type { EventSeq } from "../../src/trace/ids.ts";
import { phantomTrace } from "./phantom_trace.ts";

const BODIES: readonly EventBody[] = phantomTrace();

/** Sequence numbers without holes, commands ascending from -1. */
export function arbitraryTrace(lengthMax: number): fc.Arbitrary<readonly TraceEvent[]> {
  return fc
    .array(fc.record({ body: arbitraryBody(), next: fc.nat(9) }), { maxLength: lengthMax })
    .map((entries) => {
      let command = -1;
      return entries.map(({ body, next }, seq) => {
        if (next === 0) command += 1;
        return { ...body, seq: seq as EventSeq, ms: 0, command, statement: null } as TraceEvent;
      });
    });
}

/** An event of the phantom story, with its small ids shuffled. */
function arbitraryBody(): fc.Arbitrary<EventBody> {
  return fc
    .record({ body: fc.constantFrom(...BODIES), shift: fc.nat(40) })
    .map(({ body, shift }) => shifted(body, shift) as EventBody);
}

const IDS = new Set(["id", "ref", "rec", "trx", "lock"]);

function shifted(value: unknown, shift: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shifted(item, shift));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      IDS.has(key) && typeof inner === "number"
        ? [key, inner + shift]
        : [key, shifted(inner, shift)],
    ),
  );
}
