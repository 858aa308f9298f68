/**
 * In the built site the simulated server is a core and parts (`test/tools/build/engine`): a function of a part has a
 * stand-in with its name in the core's global scope, which loads the part and then calls what has taken its place. Loading
 * is `importScripts`: the worker stands still for it as for any other call, so that no statement can tell the difference.
 */

export interface PartFile {
  readonly file: string;
  /** Needs nothing of what the other parts share. */
  readonly isEarly: boolean;
  /** Names of functions, separated by spaces. The part puts itself in the place of the stand-in. */
  readonly functions: string;
  /** Functions that are handed on as values: the stand-in stays, and calls what the part puts into `late`. */
  readonly values: string;
  /** Classes that are only ever made with `new`. */
  readonly classes: string;
}

export interface EngineParts {
  /** The functions that keep their stand-ins. */
  readonly late: Record<string, Callable>;
  /** The file that could not be had, since this was last asked; null when all were there. */
  takeMissing(): string | null;
  /** Loads what is left while nobody waits for it, one after the other; gives up when one cannot be had. */
  prepare(): Promise<void>;
}

export interface Network {
  /** Runs the script before it returns. */
  load(file: string): void;
  /** Has the file come near, so that `load` takes no time. */
  bring(file: string): Promise<unknown>;
}

type Callable = (...values: unknown[]) => unknown;
type Class = new (...values: unknown[]) => object;

/** @param scope the global scope that all the scripts have in common */
export function startParts(
  scope: Record<string, unknown>,
  shared: string | null,
  parts: readonly PartFile[],
  network: Network,
): EngineParts {
  const late: Record<string, Callable> = {};
  const loaded = new Set<string>();
  const later = new Set(parts.filter(({ isEarly }) => !isEarly).map(({ file }) => file));
  let missing: string | null = null;

  function need(file: string): void {
    if (loaded.has(file)) return;
    if (shared !== null && later.has(file)) need(shared);
    try {
      network.load(file);
    } catch (error) {
      missing = file;
      throw error;
    }
    loaded.add(file);
  }

  for (const { file, functions, values, classes } of parts) {
    for (const name of namesIn(functions)) {
      scope[name] = (...given: unknown[]) => {
        need(file);
        return (scope[name] as Callable)(...given);
      };
    }
    for (const name of namesIn(values)) {
      scope[name] = (...given: unknown[]) => {
        need(file);
        return late[name]?.(...given);
      };
    }
    for (const name of namesIn(classes)) {
      scope[name] = class {
        constructor(...given: unknown[]) {
          need(file);
          // biome-ignore lint/correctness/noConstructorReturn: the object is made by the class that has taken this one's place
          return new (scope[name] as Class)(...given);
        }
      };
    }
  }
  return {
    late,
    takeMissing: () => {
      const file = missing;
      missing = null;
      return file;
    },
    prepare: async () => {
      try {
        for (const { file } of parts) {
          await network.bring(file);
          need(file);
        }
      } catch {
        missing = null;
      }
    },
  };
}

function namesIn(text: string): readonly string[] {
  return text === "" ? [] : text.split(" ");
}
