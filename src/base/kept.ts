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

/** Parts with an `id` are compared with the one of that id, wherever it stood; others with the one in their place. */
function keptList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  let isSame = before.length === after.length;
  let byId: ReadonlyMap<unknown, unknown> | null = null;
  const list = after.map((part, at) => {
    let counterpart = before[at];
    const id = idOf(part);
    if (id !== undefined && idOf(counterpart) !== id) {
      byId ??= new Map(before.map((other) => [idOf(other), other]));
      counterpart = byId.get(id);
    }
    const one = kept(counterpart, part);
    isSame &&= one === before[at];
    return one;
  });
  return isSame ? before : list;
}

function idOf(part: unknown): unknown {
  if (typeof part !== "object" || part === null || !("id" in part)) return undefined;
  return typeof part.id === "object" ? undefined : part.id;
}

function keptFields<T extends Fields>(before: Fields, after: T): T {
  const names = Object.keys(after);
  let isSame = Object.keys(before).length === names.length;
  const fields: Record<string, unknown> = {};
  for (const name of names) {
    const one = kept(before[name], after[name]);
    fields[name] = one;
    isSame &&= one === before[name] && name in before;
  }
  return (isSame ? before : fields) as T;
}
