/** A long result on a card: its first lines and its last ones; the rest when it is asked for. */

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
