/** A long result on a card: its first lines and its last ones, of a long statement its beginning; the rest when it is asked for. */

export interface Shortened {
  readonly head: string;
  /** Lines left out between the two; 0 when all is in `head`. */
  readonly left: number;
  readonly tail: string;
}

const LINES_MAX = 60;
const HEAD = 40;
/** The rule under the table and the line that counts the rows. */
const TAIL = 3;

export function shortened(output: string): Shortened {
  const lines = output.split("\n");
  if (lines.length <= LINES_MAX) return { head: output, left: 0, tail: "" };
  return {
    head: `${lines.slice(0, HEAD).join("\n")}\n`,
    left: lines.length - HEAD - TAIL,
    tail: `\n${lines.slice(-TAIL).join("\n")}`,
  };
}

/** A browser takes a second to lay out a million letters. */
const LETTERS_MAX = 4000;
const LETTERS_HEAD = 2000;

/** The beginning of a statement that goes on for pages; `left` letters are not in it. */
export function sqlHead(sql: string): { readonly head: string; readonly left: number } {
  if (sql.length <= LETTERS_MAX) return { head: sql, left: 0 };
  // No pair of surrogates is parted.
  const end = sql.codePointAt(LETTERS_HEAD - 1) === sql.charCodeAt(LETTERS_HEAD - 1) ? 0 : 1;
  const head = sql.slice(0, LETTERS_HEAD + end);
  return { head, left: sql.length - head.length };
}

export interface Piece {
  readonly at: number;
  readonly text: string;
  readonly lines: number;
}

const PIECE = 200;

/** A long output in pieces: the browser lays out and paints those that are in sight. */
export function inPieces(output: string): readonly Piece[] {
  const lines = output.split("\n");
  const count = Math.ceil(lines.length / PIECE);
  return Array.from({ length: count }, (_, nth): Piece => {
    const piece = lines.slice(nth * PIECE, (nth + 1) * PIECE);
    return { at: nth * PIECE, text: piece.join("\n"), lines: piece.length };
  });
}
