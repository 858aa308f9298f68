/**
 * Takes one script apart into a core and parts that can be loaded later, in any order, while it runs.
 *
 *     core                          a part
 *       what a first view runs        functions nobody has called yet
 *       values it names               values that only they name
 *       a stand-in for each function of a part: loads the part, then calls the function
 *
 * All are classic scripts with one global scope, so a name means the same in each. A function of a part takes its stand-in's
 * place when the part is loaded; one that is handed on as a value keeps the stand-in, so that it stays equal to itself.
 */
import type { Item } from "./top_level.ts";

export interface Part {
  readonly name: string;
  /** Needs nothing of what is shared. */
  readonly isEarly: boolean;
  readonly items: readonly Item[];
}

export interface Split {
  readonly core: readonly Item[];
  /** Loaded before the parts that are not early: values that several of them name. */
  readonly shared: readonly Item[];
  readonly parts: readonly Part[];
}

/**
 * @param isFirst functions that have to be in the core
 * @param partOf the name of the part for any other function
 * @param early parts of a first view: what they share with others is in the core
 */
export function split(
  items: readonly Item[],
  isFirst: (item: Item) => boolean,
  partOf: (item: Item) => string,
  early: readonly string[],
): Split {
  const core = new Set<Item>();
  const keep = (item: Item): void => {
    if (core.has(item)) return;
    core.add(item);
    for (const other of item.refersTo) if (!canWait(other)) keep(other);
  };
  for (const item of items) {
    if (item.kind === "statement" || (canWait(item) && isFirst(item))) keep(item);
    if (item.kind === "function" && item.isFixed) keep(item);
  }
  const users = new Map<Item, Set<string>>();
  const use = (item: Item, part: string): void => {
    if (core.has(item) || canWait(item)) return;
    const parts = users.get(item) ?? new Set();
    if (parts.has(part)) return;
    users.set(item, parts.add(part));
    for (const other of item.refersTo) use(other, part);
  };
  const late = items.filter((item) => canWait(item) && !core.has(item));
  for (const item of late) for (const other of item.refersTo) use(other, partOf(item));
  const places = new Map<Item, string>(late.map((item) => [item, partOf(item)]));
  for (const [item, parts] of users) {
    const [only = ""] = parts;
    if (parts.size === 1) places.set(item, only);
    else if (early.some((part) => parts.has(part))) core.add(item);
    else places.set(item, "");
  }
  const at = (place: string): readonly Item[] => items.filter((item) => places.get(item) === place);
  const names = [...new Set(late.map(partOf))].sort();
  return {
    core: items.filter((item) => core.has(item)),
    shared: at(""),
    parts: names.map((name) => ({ name, isEarly: early.includes(name), items: at(name) })),
  };
}

/** A stand-in can do for it. */
function canWait(item: Item): boolean {
  return (item.kind === "function" || item.kind === "class") && !item.isFixed;
}
