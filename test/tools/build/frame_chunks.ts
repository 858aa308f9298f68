/**
 * Which modules of the frame come with its entry: what the entry is made of, and what several of the parts are made of that are
 * loaded later. The bundler would give each set of parts with modules in common a chunk of its own, and hand all from one to the
 * other by name; in one they are parts of one function.
 */
import type { Rolldown } from "vite";

type Look = (id: string) => Rolldown.ModuleInfo | null;

/** How the bundler cuts what belongs to the entry, a file. */
export function withCommon(entry: string): Rolldown.CodeSplittingOptions {
  let common: ReadonlySet<string> | null = null;
  return {
    includeDependenciesRecursively: false,
    groups: [
      {
        debugName: "frame",
        name: (id, context) => {
          common ??= commonModules(entry, (one) => context.getModuleInfo(one));
          return common.has(id) ? "frame" : null;
        },
      },
    ],
  };
}

function commonModules(entry: string, look: Look): ReadonlySet<string> {
  const ofEntry = reachedFrom(entry, look);
  const common = new Set(ofEntry);
  const parts = new Set<string>();
  const once = new Set<string>();
  const lookFor = (ids: ReadonlySet<string>): void => {
    for (const id of ids)
      for (const part of look(id)?.dynamicallyImportedIds ?? []) parts.add(part);
  };
  lookFor(common);
  for (const part of parts) {
    const reached = reachedFrom(part, look);
    lookFor(reached);
    for (const id of reached) (once.has(id) ? common : once).add(id);
  }
  // What is loaded by itself stays by itself, whichever part needs it too.
  for (const part of parts) if (!ofEntry.has(part)) common.delete(part);
  return common;
}

/** With all that it imports before it runs. */
function reachedFrom(entry: string, look: Look): Set<string> {
  const found = new Set([entry]);
  for (const id of found) for (const one of look(id)?.importedIds ?? []) found.add(one);
  return found;
}
