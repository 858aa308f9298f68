/**
 * A trace as the build writes it down: each event as what is different in it from the one before of its type. A thousand rows
 * read one after the other are a thousand times the same few changes, and a file of them a twentieth of its size.
 *
 *     { type: "rec.visited", rec: 14, key: "7", seq: 90 }     "rec.visited", [{ type: "rec.visited", rec: 14, key: "7", seq: 90 }]
 *     { type: "rec.visited", rec: 15, key: "8", seq: 93 }  →  "rec.visited", { rec: 1, key: "1", seq: 3 }
 *
 *     a number       so much more than before
 *     a text         the same, where both are whole numbers written as texts
 *     [value]        this value
 *     { field: … }   an object with the same fields, or a list as long, in which only these are different
 */
import type { TraceEvent } from "../trace/events.ts";

/** Type and change, type and change. */
export type ToldEvents = readonly Json[];

type Json = string | number | boolean | null | readonly Json[] | { readonly [field: string]: Json };
type Change = string | number | readonly [Json] | { readonly [field: string]: Change };
type Fields = Readonly<Record<string, Json>>;

const WHOLE = /^(?:0|-?[1-9]\d{0,14})$/;

export function toldEvents(events: readonly TraceEvent[]): ToldEvents {
  const before = new Map<string, Json>();
  return events.flatMap((event): readonly Json[] => {
    const now = event as unknown as Json;
    const last = before.get(event.type);
    before.set(event.type, now);
    return [event.type, (last === undefined ? [now] : change(last, now)) as Json];
  });
}

export function eventsTold(told: ToldEvents): readonly TraceEvent[] {
  const before = new Map<string, Json>();
  const events: Json[] = [];
  for (let at = 0; at < told.length; at += 2) {
    const type = told[at] as string;
    const now = changed(before.get(type) ?? null, told[at + 1] as Change);
    before.set(type, now);
    events.push(now);
  }
  return events as unknown as readonly TraceEvent[];
}

function change(last: Json, now: Json): Change {
  if (typeof last === "number" && typeof now === "number") {
    // Fractions do not always come back.
    return last + (now - last) === now ? now - last : [now];
  }
  if (typeof last === "string" && typeof now === "string") {
    return WHOLE.test(last) && WHOLE.test(now) ? String(Number(now) - Number(last)) : [now];
  }
  if (!isLike(last, now)) return [now];
  const fields: Record<string, Change> = {};
  for (const [field, value] of Object.entries(now as Fields)) {
    const old = (last as Fields)[field] as Json;
    if (JSON.stringify(old) !== JSON.stringify(value)) fields[field] = change(old, value);
  }
  return fields;
}

/** Objects with the same fields in the same order, or lists of the same length. */
function isLike(last: Json, now: Json): boolean {
  if (typeof last !== "object" || typeof now !== "object" || last === null || now === null) {
    return false;
  }
  if (Array.isArray(last) !== Array.isArray(now)) return false;
  return Object.keys(last).join() === Object.keys(now).join();
}

function changed(last: Json, by: Change): Json {
  if (typeof by === "number") return (last as number) + by;
  if (typeof by === "string") return String(Number(last) + Number(by));
  if (Array.isArray(by)) return by[0];
  const now: Record<string, Json> | Json[] = Array.isArray(last)
    ? [...last]
    : { ...(last as Fields) };
  for (const [field, part] of Object.entries(by as Readonly<Record<string, Change>>)) {
    (now as Record<string, Json>)[field] = changed((last as Fields)[field] as Json, part);
  }
  return now;
}
