/** What the build's tools know of a parsed script, and a place in its text to be written anew. */

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function isNode(value: unknown): value is Node {
  return value !== null && typeof value === "object" && "type" in value && "start" in value;
}

export function childrenOf(node: Node): readonly Node[] {
  return Object.entries(node).flatMap(([field, value]) =>
    field === "range"
      ? []
      : Array.isArray(value)
        ? value.filter(isNode)
        : isNode(value)
          ? [value]
          : [],
  );
}

/** @param from the position of the text's first letter */
export function changed(text: string, from: number, changes: readonly Change[]): string {
  let done = "";
  let at = 0;
  for (const change of changes.toSorted((a, b) => a.start - b.start)) {
    done += text.slice(at, change.start - from) + change.text;
    at = change.end - from;
  }
  return done + text.slice(at);
}
