/**
 * In the built site the simulated server is a core and parts (`test/tools/build/engine`): a function of a part has a
 * stand-in with its name in the core's global scope, which loads the part and then calls what has taken its place. Loading
 * is `importScripts`: the worker stands still for it as for any other call, so that no statement can tell the difference.
 */

/** A list and not an object, and no file's name: this is in the core once for each part. */
export type PartFile = readonly [
  name: string,
  /** So many functions, each of which takes its stand-in's place. */
  functions: number,
  /** Functions that are handed on as values: the stand-in stays, and calls what the part puts into `late`. */
  values: number,
  /** Classes that are only ever made with `new`. */
  classes: number,
  /** Needs nothing of what the other parts share. */
  early?: 1,
];

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

export const STAND_INS_MAX = DIGITS.length ** 2;

/** What has a stand-in is called by its number, of two digits: part by part, functions before values before classes. */
export function nameOf(prefix: string, number: number): string {
  const { length } = DIGITS;
  return prefix + DIGITS[Math.floor(number / length)] + DIGITS[number % length];
}

export interface EngineParts {
  /** The functions that keep their stand-ins. */
  readonly late: Record<string, Callable>;
  /** The part that could not be had, since this was last asked; null when all were there. */
  takeMissing(): string | null;
  /** Loads what is left while nobody waits for it, one after the other; gives up when one cannot be had. */
  prepare(): Promise<void>;
}

export interface Network {
  /** Runs the part's script before it returns. */
  load(part: string): void;
  /** Has its file come near, so that `load` takes no time. */
  bring(part: string): Promise<unknown>;
}

type Callable = (...values: unknown[]) => unknown;
type Class = new (...values: unknown[]) => object;

/**
 * @param scope the global scope that all the scripts have in common
 * @param prefix what the names begin with
 * @param shared the part that holds what the others share
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
  const early = new Set(parts.flatMap(([name, , , , isEarly]) => (isEarly ? name : [])));
  let missing: string | null = null;

  function need(part: string): void {
    if (loaded.has(part)) return;
    if (shared !== null && !early.has(part)) need(shared);
    try {
      network.load(part);
    } catch (error) {
      missing = part;
      throw error;
    }
    loaded.add(part);
  }

  let number = 0;
  function standIns(count: number, make: (name: string) => unknown): void {
    for (const end = number + count; number < end; number++) {
      const name = nameOf(prefix, number);
      scope[name] = make(name);
    }
  }
  for (const [part, functions, values, classes] of parts) {
    standIns(functions, (name) => (...given: unknown[]) => {
      need(part);
      return (scope[name] as Callable)(...given);
    });
    standIns(values, (name) => (...given: unknown[]) => {
      need(part);
      return late[name]?.(...given);
    });
    standIns(
      classes,
      (name) =>
        class {
          constructor(...given: unknown[]) {
            need(part);
            // biome-ignore lint/correctness/noConstructorReturn: the object is made by the class that has taken this one's place
            return new (scope[name] as Class)(...given);
          }
        },
    );
  }
  return {
    late,
    takeMissing: () => {
      const part = missing;
      missing = null;
      return part;
    },
    prepare: async () => {
      try {
        for (const [part] of parts) {
          await network.bring(part);
          need(part);
        }
      } catch {
        missing = null;
      }
    },
  };
}
