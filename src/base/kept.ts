/**
 * What is equal stays the same object: of a value made anew, every part that equals its counterpart in the one before is
 * taken from there. Whoever compares by identity (a memoised view) sees at once what changed.
 *
 *     before  { a: [x, y], b: z }
 *     after   { a: [x, y'], b: z }   ──▶   { a: [x of before, y'], b: z of before }
 */

/** Plain JSON only: arrays, literal objects, numbers, strings, booleans, null. */
export function kept<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after;
  if (typeof before !== "object" || typeof after !== "object") return after;
  if (before === null || after === null) return after;
  if (Array.isArray(after)) {
    return Array.isArray(before) ? (keptList(before, after) as T) : after;
  }
  return Array.isArray(before) ? after : keptFields(before as Fields, after as T & Fields);
}

type Fields = Readonly<Record<string, unknown>>;

/** Lists longer than this remember what became of them: of thousands of parts mostly none is another the next time. */
const LONG = 100;
const settled = new WeakMap<object, readonly unknown[]>();

/** Parts with an `id` are compared with the one of that id, wherever it stood; others with the one in their place. */
function keptList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  if (after.length > LONG && settled.get(after) === before) return before;
  // Nothing is made for what is as it was: most of thousands of parts are.
  let list: unknown[] | null = before.length === after.length ? null : [...after];
  let byId: ReadonlyMap<unknown, unknown> | null = null;
  for (const [at, part] of after.entries()) {
    let counterpart = before[at];
    const id = idOf(part);
    if (id !== undefined && idOf(counterpart) !== id) {
      byId ??= new Map(before.map((other) => [idOf(other), other]));
      counterpart = byId.get(id);
    }
    const one = kept(counterpart, part);
    if (list === null && one !== before[at]) list = [...before.slice(0, at), ...after.slice(at)];
    if (list !== null) list[at] = one;
  }
  const result = list ?? before;
  if (after.length > LONG) settled.set(after, result);
  return result;
}

function idOf(part: unknown): unknown {
  if (typeof part !== "object" || part === null) return undefined;
  const { id } = part as { readonly id?: unknown };
  return typeof id === "object" ? undefined : id;
}

function keptFields<T extends Fields>(before: Fields, after: T): T {
  let fields: Record<string, unknown> | null = null;
  let more = 0;
  for (const name in after) {
    more += 1;
    const old = before[name];
    const one = kept(old, after[name]);
    if (fields === null && (one !== old || (one === undefined && !(name in before)))) {
      fields = startedAs(before, after, name);
    }
    if (fields !== null) fields[name] = one;
  }
  for (const _ in before) more -= 1;
  if (fields === null) return (more === 0 ? before : startedAs(before, after, null)) as T;
  return fields as T;
}

/** The parts of `after`, those up to `end` as they were before. */
function startedAs(before: Fields, after: Fields, end: string | null): Record<string, unknown> {
  const fields = { ...after };
  for (const name in after) {
    if (name === end) break;
    fields[name] = before[name];
  }
  return fields;
}
