/** The names of what has a stand-in (`nameOf` in `src/worker/part_loader.ts`), and others for what was called so by chance. */
import { nameOf, STAND_INS_MAX } from "../../../../src/worker/part_loader.ts";
import type { Item } from "./top_level.ts";

/**
 * @param items all that stands at the top of the code
 * @param standIns those of them that get a stand-in, by their numbers
 */
export function newNames(
  code: string,
  items: readonly Item[],
  standIns: readonly Item[],
): { readonly prefix: string; readonly names: ReadonlyMap<Item, string> } {
  if (standIns.length > STAND_INS_MAX) throw new Error("more stand-ins than names");
  const mentions = new Map(
    items.flatMap((item) => item.mentions.map(({ start }) => [start, item] as const)),
  );
  for (const prefix of PREFIXES) {
    const alike = [...code.matchAll(likeNames(prefix))].map(({ index }) => mentions.get(index));
    const others = alike.filter((item) => item !== undefined);
    if (others.length < alike.length) continue;
    const names = new Map(standIns.map((item, at) => [item, nameOf(prefix, at)]));
    for (const item of others) {
      if (!names.has(item)) names.set(item, longName(code, names.size));
    }
    return { prefix, names };
  }
  throw new Error("no prefix is free");
}

const PREFIXES = ["$", "_", "$_", "_$"];

function longName(code: string, number: number): string {
  const name = `_$${number.toString(36)}`;
  return code.includes(name) ? longName(code, number + 1000) : name;
}

/** What may be the name of a stand-in; behind a dot it is a property's. */
function likeNames(prefix: string): RegExp {
  return new RegExp(`(?<![\\w$.])${prefix.replaceAll("$", "\\$")}[0-9A-Za-z]{2}(?![\\w$])`, "g");
}
