/** A compatibility matrix with the cell that decided. */
import type { ReactNode } from "react";
import type { DecidingMatrix } from "../../diagrams/deciding_matrix.ts";
import type { LevelWords } from "./words_levels.ts";

export function MatrixTable({
  matrix,
  words,
}: {
  readonly matrix: DecidingMatrix;
  readonly words: LevelWords;
}): ReactNode {
  const { kind, waiter, asked, blocker, there, modes, goesTogether, row, column } = matrix;
  const says = kind === "waiting" ? words.pending : words.granted;
  const name = (mode: string): string =>
    kind === "record" ? (words.kinds[mode as keyof LevelWords["kinds"]] ?? mode) : mode;
  return (
    <>
      <p>{says(waiter, asked, blocker, there)}</p>
      <table className="matrix">
        <caption>{words.matrix(kind)}</caption>
        <thead>
          <tr>
            <th scope="col" className="matrix-corner">
              {words.corner}
            </th>
            {modes.map((mode, at) => (
              <th key={mode} scope="col" data-lit={at === column}>
                {name(mode)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {modes.map((mode, at) => (
            <tr key={mode}>
              <th scope="row" data-lit={at === row}>
                {name(mode)}
              </th>
              {modes.map((other, otherAt) => {
                const together = goesTogether[at]?.[otherAt] === true;
                return (
                  <td
                    key={other}
                    data-together={together}
                    data-decides={at === row && otherAt === column}
                    data-lit={at === row || otherAt === column}
                    aria-label={together ? words.together : words.waitsCell}
                  >
                    {together ? "+" : "−"}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {kind === "record" && <p className="matrix-note">{words.recordNote}</p>}
    </>
  );
}
