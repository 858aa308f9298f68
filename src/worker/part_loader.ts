/**
 * In the built site the simulated server is a core and parts (`test/tools/build/engine`): a function of a part has a
 * stand-in with its name in the core's global scope, which loads the part and then calls what has taken its place. Loading
 * is `importScripts`: the worker stands still for it as for any other call, so that no statement can tell the difference.
 */

export interface PartFile {
  readonly file: string;
  /** Needs nothing of what the other parts share. */
  readonly isEarly: boolean;
  /** So many functions, each of which takes its stand-in's place. */
  readonly functions: number;
  /** Functions that are handed on as values: the stand-in stays, and calls what the part puts into `late`. */
  readonly values: number;
  /** Classes that are only ever made with `new`. */
  readonly classes: number;
}

/** What has a stand-in is called by its number: part by part, functions before values before classes. */
export function nameOf(prefix: string, number: number): string {
  return `${prefix}${number.toString(36)}`;
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

/**
 * @param scope the global scope that all the scripts have in common
 * @param prefix what the names begin with
 */
export function startParts(
  scope: Record<string, unknown>,
  prefix: string,
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

  let number = 0;
  function standIns(count: number, make: (name: string) => unknown): void {
    for (const end = number + count; number < end; number++) {
      const name = nameOf(prefix, number);
      scope[name] = make(name);
    }
  }
  for (const { file, functions, values, classes } of parts) {
    standIns(functions, (name) => (...given: unknown[]) => {
      need(file);
      return (scope[name] as Callable)(...given);
    });
    standIns(values, (name) => (...given: unknown[]) => {
      need(file);
      return late[name]?.(...given);
    });
    standIns(
      classes,
      (name) =>
        class {
          constructor(...given: unknown[]) {
            need(file);
            // biome-ignore lint/correctness/noConstructorReturn: the object is made by the class that has taken this one's place
            return new (scope[name] as Class)(...given);
          }
        },
    );
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
