/** Inside a paragraph: `code`, **strong**, and [words](reference) for a thing in the pictures or another lesson. */
import { type Pointer, parsePointer } from "./pointer.ts";

export type Inline =
  | { readonly kind: "text" | "code" | "strong"; readonly text: string }
  | {
      readonly kind: "pointer";
      readonly text: string;
      readonly target: string;
      readonly pointer: Pointer;
    }
  | { readonly kind: "lesson"; readonly text: string; readonly id: string }
  | { readonly kind: "unknown"; readonly text: string; readonly target: string };

const MARKUP = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)]+)\)/g;

export function inlineOf(paragraph: string): readonly Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const found of paragraph.matchAll(MARKUP)) {
    if (found.index > at) parts.push({ kind: "text", text: paragraph.slice(at, found.index) });
    at = found.index + found[0].length;
    const [, code, strong, words = "", target = ""] = found;
    if (code !== undefined) parts.push({ kind: "code", text: code });
    else if (strong !== undefined) parts.push({ kind: "strong", text: strong });
    else parts.push(linked(words, target));
  }
  if (at < paragraph.length) parts.push({ kind: "text", text: paragraph.slice(at) });
  return parts;
}

function linked(text: string, target: string): Inline {
  if (target.startsWith("lesson ")) return { kind: "lesson", text, id: target.slice(7).trim() };
  const pointer = parsePointer(target);
  return pointer === null
    ? { kind: "unknown", text, target }
    : { kind: "pointer", text, target, pointer };
}
