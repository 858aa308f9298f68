/**
 * Pointing, shared by every picture: the element that draws a thing carries `data-ref`, the thing's key. What is
 * lit is told to the browser as a style rule, so that moving the pointer redraws nothing.
 */
import type { LockId } from "../../trace/ids.ts";
import type { Ref } from "../../trace/ref.ts";

/** What a picture is told about the page's hover and selection, and what it tells. */
export interface Pointing {
  /** Keys (`refKey`) of all that belongs to what is hovered or else selected. */
  readonly lit: ReadonlySet<string>;
  readonly selection: Ref | null;
  /** The selection's key. */
  readonly selected: string | null;
  /** Locks that are not there: a statement that was not run would take them. */
  readonly ghosts: ReadonlySet<LockId>;
  readonly onPoint: (ref: Ref | null) => void;
  readonly onSelect: (ref: Ref | null) => void;
}

/** The first thing that an element's `data-ref` names; folded shapes name several. */
export function refOfAttribute(attribute: string): Ref | null {
  const [first = ""] = attribute.split(" ");
  const [kind, ...rest] = first.split(":");
  switch (kind) {
    case "session":
      return { kind, id: rest.join(":") as never };
    case "version":
      return { kind, rec: Number(rest[0]) as never, id: Number(rest[1]) as never };
    case "statement":
    case "trx":
    case "readView":
    case "table":
    case "index":
    case "rec":
    case "gap":
    case "lock":
    case "mdl":
    case "event":
      return { kind, id: Number(rest[0]) as never };
    default:
      return null;
  }
}

/** A style sheet that lights the elements of these keys inside `scope`. */
export function litRule(scope: string, keys: ReadonlySet<string>): string {
  const selectors = [...keys].map((key) => `[data-scope="${scope}"] [data-ref~="${key}"]`);
  return selectors.length === 0 ? "" : `${selectors.join(",")}{--halo:var(--accent);--lit:1}`;
}

/** Draws these locks as ones that would be. */
export function ghostRule(scope: string, ghosts: ReadonlySet<LockId>): string {
  if (ghosts.size === 0) return "";
  const all = [...ghosts].map((id) => `[data-scope="${scope}"] [data-ref~="lock:${id}"]`);
  const shapes = all.map((selector) => `${selector} .lock-shape`);
  return `${all.join(",")}{opacity:.72}${shapes.join(",")}{stroke-dasharray:1.5 2.5;fill-opacity:.55}`;
}
