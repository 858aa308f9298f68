/**
 * A schedule as a picture that needs nothing: sessions side by side, statements from top to bottom, and what became of
 * them. For posts without scripts, feeds and paper; pure SVG text.
 *
 *     A                      B
 *     BEGIN
 *     SELECT ... FOR UPDATE
 *                            INSERT INTO t ...   waits
 */
import { inMarkup } from "../base/markup.ts";

export interface ScheduleLine {
  /** Null: for all sessions, as time that passes. */
  readonly session: string | null;
  readonly text: string;
  /** A word behind it: "waits", "ERROR 1213". */
  readonly mark: string;
}

const COLUMN = 330;
const LINE = 17;
const GAP = 7;
const PADDING = 14;
const LETTERS_MAX = 42;
const COLOURS: Readonly<Record<string, string>> = {
  A: "#2a75c8",
  B: "#da672a",
  C: "#006844",
  D: "#8f537d",
  E: "#8800ff",
  F: "#880077",
  G: "#998899",
  H: "#114400",
};

export function scheduleSvg(
  title: string,
  sessions: readonly string[],
  lines: readonly ScheduleLine[],
): string {
  const width = 2 * PADDING + sessions.length * COLUMN;
  const parts: string[] = [];
  let y = PADDING + LINE;
  parts.push(text(PADDING, y, title, 'font-weight="600" font-size="15"'));
  y += LINE + GAP;
  for (const [at, name] of sessions.entries()) {
    const x = PADDING + at * COLUMN;
    const colour = COLOURS[name] ?? "#545c69";
    parts.push(`<rect x="${x}" y="${y - 13}" width="20" height="18" rx="4" fill="${colour}"/>`);
    parts.push(text(x + 10, y, name, 'font-weight="700" fill="#ffffff" text-anchor="middle"'));
  }
  y += LINE + GAP;
  for (const line of lines) {
    const column = Math.max(0, sessions.indexOf(line.session ?? ""));
    const x = PADDING + column * COLUMN;
    const rows = wrapped(line.text);
    const height = rows.length * LINE + (line.mark === "" ? 0 : LINE);
    const colour = COLOURS[line.session ?? ""] ?? "#7c8594";
    parts.push(`<rect x="${x}" y="${y - 13}" width="3" height="${height}" fill="${colour}"/>`);
    for (const row of rows) {
      parts.push(text(x + 9, y, row, 'font-family="monospace" xml:space="preserve"'));
      y += LINE;
    }
    if (line.mark !== "") {
      parts.push(text(x + 9, y, line.mark, 'fill="#a14700" font-size="11" font-weight="600"'));
      y += LINE;
    }
    y += GAP;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" font-family="system-ui, sans-serif" font-size="12.5" fill="#171a20">`,
    `<title>${inMarkup(title)}</title>`,
    `<rect width="${width}" height="${y}" rx="6" fill="#ffffff" stroke="#d5d9e0"/>`,
    ...parts,
    "</svg>",
  ].join("");
}

function text(x: number, y: number, words: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${inMarkup(words)}</text>`;
}

/** At spaces where that is possible. */
function wrapped(line: string): readonly string[] {
  const rows: string[] = [];
  for (const word of line.trim().split(/\s+/)) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LETTERS_MAX) {
      rows[rows.length - 1] = `${last} ${word}`;
    } else {
      for (let at = 0; at === 0 || at < word.length; at += LETTERS_MAX) {
        rows.push(word.slice(at, at + LETTERS_MAX));
      }
    }
  }
  return rows;
}
