/** What a link says is selected, read back with distrust: a thing that is not there is selected in vain, and harmless. */
import type { Ref } from "../../trace/ref.ts";

const NUMBERED = new Set<string>([
  "statement",
  "trx",
  "readView",
  "table",
  "index",
  "rec",
  "gap",
  "lock",
  "mdl",
  "event",
] satisfies readonly Ref["kind"][]);

/** Null for what is no reference. */
export function refOf(value: unknown): Ref | null {
  if (typeof value !== "object" || value === null) return null;
  const { kind, id, rec } = value as Readonly<Record<string, unknown>>;
  if (kind === "session") return isLetter(id) ? ({ kind, id } as Ref) : null;
  if (kind === "version") return isId(id) && isId(rec) ? ({ kind, id, rec } as Ref) : null;
  return typeof kind === "string" && NUMBERED.has(kind) && isId(id) ? ({ kind, id } as Ref) : null;
}

function isId(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value);
}

function isLetter(value: unknown): boolean {
  return typeof value === "string" && /^[A-H]$/.test(value);
}
