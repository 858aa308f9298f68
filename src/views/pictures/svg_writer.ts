/** Writes SVG text: escaped, numbers short, colours as other programs read them, ids renumbered. */
import { inMarkup } from "../../base/markup.ts";

export type Attributes = Readonly<Record<string, string | number | null>>;

export class SvgWriter {
  readonly #parts: string[] = [];
  readonly #ids = new Map<string, string>();
  #lastId = 0;

  open(name: string, attributes: Attributes): void {
    this.#parts.push(`<${name}${written(attributes)}>`);
  }

  close(name: string): void {
    this.#parts.push(`</${name}>`);
  }

  empty(name: string, attributes: Attributes): void {
    this.#parts.push(`<${name}${written(attributes)}/>`);
  }

  text(text: string): void {
    this.#parts.push(escaped(text));
  }

  /** The new name of an element's id; React's own are no XML names. */
  id(old: string): string {
    const known = this.#ids.get(old);
    if (known !== undefined) return known;
    const id = this.freshId();
    this.#ids.set(old, id);
    return id;
  }

  freshId(): string {
    this.#lastId += 1;
    return `i${this.#lastId}`;
  }

  finish(): string {
    return this.#parts.join("");
  }
}

function written(attributes: Attributes): string {
  let text = "";
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === "") continue;
    text += ` ${name}="${escaped(typeof value === "number" ? short(value) : value)}"`;
  }
  return text;
}

/** Two places behind the point are a fiftieth of a pixel on the sharpest screen. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** XML has no way to write control characters. */
function escaped(text: string): string {
  return inMarkup(text).replace(/[^\P{Cc}\t\n]/gu, "");
}

export interface Colour {
  /** "#rrggbb". */
  readonly hex: string;
  /** 0 to 1. */
  readonly alpha: number;
}

/** A computed colour: `rgb()`, `rgba()` or `color(srgb ...)`. Null for anything else, and for none. */
export function colourOf(computed: string): Colour | null {
  const numbers = (computed.match(/-?[\d.]+(?:e-?\d+)?%?/g) ?? []).map((part) =>
    part.endsWith("%") ? Number.parseFloat(part) / 100 : Number.parseFloat(part),
  );
  const scale = computed.startsWith("color(srgb ") ? 255 : computed.startsWith("rgb") ? 1 : null;
  const [red, green, blue, alpha = 1] = numbers;
  if (scale === null || red === undefined || green === undefined || blue === undefined) return null;
  const hex = [red, green, blue]
    .map((part) => Math.max(0, Math.min(255, Math.round(part * scale))))
    .map((part) => part.toString(16).padStart(2, "0"))
    .join("");
  return { hex: `#${hex}`, alpha };
}
