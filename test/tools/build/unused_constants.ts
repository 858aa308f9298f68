/**
 * Monaco's classes whose members are lists for all of its makers' programs, each menu of VS Code and each sound of it, without
 * the members that nobody in Monaco names.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const LISTS =
  /vs\/platform\/(actions\/common\/actions|accessibilitySignal\/browser\/accessibilitySignalService)\.js$/;

/** Signals before sounds, which only signals name. */
const CLASSES = ["MenuId", "AccessibilitySignal", "Sound"];

/** `folder`: of Monaco's modules, where others may name a member. */
export function withUsedConstants(code: string, folder: string): string {
  let left = code;
  for (const name of CLASSES) {
    const made = new RegExp(
      `^ {4}static \\{ this\\.(\\w+) = (?:new ${name}|${name}\\.register)\\([^]*?\\); \\}\\n`,
      "gm",
    );
    const used = new Set([...namedIn(left, name), ...namedIn(textOf(folder), name)]);
    left = left.replace(made, (whole, member: string) => (used.has(member) ? whole : ""));
  }
  if (left === code) throw new Error("Monaco writes its menus and sounds in another way");
  return left;
}

function namedIn(code: string, name: string): readonly string[] {
  return [...code.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, "g"))].map(
    ([, member]) => member ?? "",
  );
}

const texts = new Map<string, string>();

/** All modules but those with the lists. */
function textOf(folder: string): string {
  const known = texts.get(folder);
  if (known !== undefined) return known;
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((name) => name.endsWith(".js") && !LISTS.test(name));
  const text = files.map((name) => readFileSync(name, "utf8")).join("\n");
  texts.set(folder, text);
  return text;
}
