/**
 * Paths into a document: `$.a."b c"[0][last-1][1 to 2].*[*]**.x`.
 *
 * MySQL: parse_path, Json_path, Json_dom::seek (sql-common/json_path.cc, json_dom.cc).
 */
import { isArray, type Json } from "./json_document.ts";

/** A place in an array, counted from its front or its end. */
export interface Place {
  readonly index: number;
  readonly fromEnd: boolean;
}

export type Leg =
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "cell"; readonly place: Place }
  | { readonly kind: "range"; readonly from: Place; readonly to: Place }
  | { readonly kind: "members" | "cells" | "ellipsis" };

export type Path = readonly Leg[];

/** Thrown; `position` counts characters. */
export class PathTrouble extends Error {
  readonly position: number;
  constructor(position: number) {
    super("path");
    this.position = position;
  }
}

/** Throws PathTrouble. */
export function readPath(text: string): Path {
  const legs: Leg[] = [];
  let at = /^\s*/.exec(text)?.[0].length ?? 0;
  if (text[at] !== "$") throw new PathTrouble(Math.min(at + 1, text.length));
  at += 1;
  for (;;) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    if (at >= text.length) break;
    const rest = text.slice(at);
    const found = legAt(rest);
    if (found === null) throw new PathTrouble(at + troubleIn(rest));
    legs.push(found.leg);
    at += found.length;
  }
  if (legs.at(-1)?.kind === "ellipsis") throw new PathTrouble(text.length);
  return legs;
}

/** How far into the leg one has to read to see that it is none. */
function troubleIn(rest: string): number {
  if (rest[0] === "[") return 1;
  return /^\.[^\s.[*]*/.exec(rest)?.[0].length ?? 0;
}

function legAt(rest: string): { readonly leg: Leg; readonly length: number } | null {
  const cell =
    /^\[\s*(?:(\*)|(last(?:\s*-\s*\d+)?|\d+)(?:\s+to\s+(last(?:\s*-\s*\d+)?|\d+))?)\s*\]/.exec(
      rest,
    );
  if (cell !== null) {
    const [{ length }, star, from = "", to] = cell;
    if (star !== undefined) return { leg: { kind: "cells" }, length };
    const place = placeOf(from);
    if (to === undefined) return { leg: { kind: "cell", place }, length };
    return { leg: { kind: "range", from: place, to: placeOf(to) }, length };
  }
  if (rest.startsWith("**")) return { leg: { kind: "ellipsis" }, length: 2 };
  const member = /^\.\s*(?:(\*)|("(?:[^"\\]|\\.)*")|([\p{L}_$][\p{L}\p{N}_$]*)(?=[\s.[*]|$))/u.exec(
    rest,
  );
  if (member === null) return null;
  const [{ length }, star, quoted, plain = ""] = member;
  if (star !== undefined) return { leg: { kind: "members" }, length };
  try {
    const name = quoted === undefined ? plain : String(JSON.parse(quoted));
    return { leg: { kind: "member", name }, length };
  } catch {
    return null;
  }
}

function placeOf(text: string): Place {
  if (!text.startsWith("last")) return { index: Number(text), fromEnd: false };
  return { index: Number(text.slice(4).replace(/[\s-]/g, "") || 0), fromEnd: true };
}

/** Where in so many cells; may lie outside. */
export function indexOf({ index, fromEnd }: Place, length: number): number {
  return fromEnd ? length - 1 - index : index;
}

/** More than one value may be meant. */
export function isWild(path: Path): boolean {
  return path.some(({ kind }) => kind !== "member" && kind !== "cell");
}

/** All values that the path leads to, each once. */
export function seek(doc: Json, path: Path): readonly Json[] {
  let found: readonly Json[] = [doc];
  for (const leg of path) found = found.flatMap((value) => step(value, leg));
  return found;
}

function step(value: Json, leg: Leg): readonly Json[] {
  switch (leg.kind) {
    case "member": {
      const member = value instanceof Map ? value.get(leg.name) : undefined;
      return member === undefined ? [] : [member];
    }
    case "members":
      return value instanceof Map ? [...value.values()] : [];
    case "cell": {
      // A value that is no array is taken for one with that value alone.
      const cells = isArray(value) ? value : [value];
      const cell = cells[indexOf(leg.place, cells.length)];
      return cell === undefined ? [] : [cell];
    }
    case "range": {
      const cells = isArray(value) ? value : [value];
      const from = Math.max(0, indexOf(leg.from, cells.length));
      return cells.slice(from, indexOf(leg.to, cells.length) + 1);
    }
    case "cells":
      return isArray(value) ? value : [];
    case "ellipsis":
      return [value, ...children(value).flatMap((child) => step(child, leg))];
  }
}

function children(value: Json): readonly Json[] {
  if (isArray(value)) return value;
  return value instanceof Map ? [...value.values()] : [];
}
