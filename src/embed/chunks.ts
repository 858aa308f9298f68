/**
 * Modules without modules: the frame's script is classic, so that it runs in a sandbox without an origin, and so are the
 * chunks that it loads later. The build writes each as a call of `define` with what it imports and a function that returns
 * what it exports (`test/tools/build/classic_chunks.ts`); `load` stands where the sources say `import()`.
 */

type Exports = Readonly<Record<string, unknown>>;

interface Chunk {
  readonly imports: readonly string[];
  readonly run: (...imported: Exports[]) => Exports;
}

const defined = new Map<string, Chunk>();
const ready = new Map<string, Exports>();
const loading = new Map<string, Promise<Exports>>();
const first = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";

/** A chunk runs at once when all that it imports has run. */
export function define(name: string, imports: readonly string[], run: Chunk["run"]): void {
  const there = imports.map((one) => ready.get(one)).filter((one) => one !== undefined);
  if (there.length === imports.length) ready.set(name, run(...there));
  else defined.set(name, { imports, run });
}

/** Rejects when the chunk, or one that it needs, cannot be had; the next call tries again. */
export function load(name: string): Promise<Exports> {
  const there = ready.get(name);
  if (there !== undefined) return Promise.resolve(there);
  const before = loading.get(name);
  if (before !== undefined) return before;
  const now = fetched(name);
  loading.set(name, now);
  now.catch(() => loading.delete(name));
  return now;
}

async function fetched(name: string): Promise<Exports> {
  // It may have come before, and what it needs not.
  if (!defined.has(name)) await fetchedFile(name);
  const chunk = defined.get(name);
  if (chunk !== undefined) {
    ready.set(name, chunk.run(...(await Promise.all(chunk.imports.map(load)))));
  }
  const there = ready.get(name);
  if (there === undefined) throw new Error(`${name} is no chunk`);
  return there;
}

function fetchedFile(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(name, first).href;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error(`${name} could not be loaded`));
    };
    document.head.append(script);
  });
}
