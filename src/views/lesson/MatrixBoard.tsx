/**
 * Anomalies by isolation level: the reader marks what is expected, the engine runs every cell on a server of its own,
 * and a cell opens as a script in the playground.
 */
import { Fragment, type ReactNode, useState } from "react";
import type { LessonText, MatrixRow } from "../../lessons/format/lesson_text.ts";
import { type CellResult, cellResult, cellScenario, LEVELS } from "../../lessons/format/matrix.ts";
import { EMPTY_BOARD, guideStore, useGuide } from "../../store/guide_store.ts";
import { useLanguage } from "../../store/hooks.ts";
import { openScenario } from "../../store/open_scenario.ts";
import { pageStore } from "../../store/page_store.ts";
import { type LessonWords, lessonWords } from "./words.ts";
import "./anomalies.css";

export function MatrixBoard(props: {
  readonly lesson: LessonText;
  /** Away from the lesson, where a cell is opened; null where it opens in place. */
  readonly leave: (() => void) | null;
}): ReactNode {
  const { lesson, leave } = props;
  const language = useLanguage();
  const words = lessonWords(language);
  return (
    <section className="anomalies" aria-label={words.matrixTitle}>
      <h3>{words.matrixTitle}</h3>
      <p>{words.matrixLead}</p>
      <table>
        <thead>
          <tr>
            {lesson.matrix.map((row) => (
              <th key={row.id} scope="col">
                {row.title[language]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LEVELS.map((level) => (
            <Fragment key={level}>
              <tr>
                <th scope="colgroup" colSpan={lesson.matrix.length} className="anomaly-level">
                  {level}
                </th>
              </tr>
              <tr>
                {lesson.matrix.map((row) => (
                  <td key={row.id}>
                    <Cell {...{ lesson, row, level, words, leave }} />
                  </td>
                ))}
              </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
      <RunAll lesson={lesson} words={words} />
    </section>
  );
}

const keyOf = (row: MatrixRow, level: string): string => `${row.id} ${level}`;

/** An anomaly at a level: what the reader expects of it, and what happened. */
function Cell(props: {
  readonly lesson: LessonText;
  readonly row: MatrixRow;
  readonly level: string;
  readonly words: LessonWords;
  readonly leave: (() => void) | null;
}): ReactNode {
  const { lesson, row, level, words } = props;
  const language = useLanguage();
  const { expected, results } = useGuide((guide) => guide.boards[lesson.id] ?? EMPTY_BOARD);
  const setBoard = useGuide((guide) => guide.setBoard);
  const key = keyOf(row, level);
  const guess = expected[key] ?? null;
  const result = results[key];
  const open = (): void => {
    const scenario = cellScenario(lesson, row, level, language);
    props.leave?.();
    void openScenario(pageStore, { scenario, editors: null, position: null, futures: [] });
  };
  return (
    <>
      <button
        type="button"
        className="anomaly-guess"
        data-guess={String(guess)}
        aria-label={words.expectLabel(
          row.title[language],
          level,
          words.expect[String(guess)] ?? "",
        )}
        onClick={() => setBoard(lesson.id, { expected: { ...expected, [key]: guess !== true } })}
      >
        {words.expect[String(guess)]}
      </button>
      {result !== undefined && (
        <button
          type="button"
          className="anomaly-result"
          data-happens={result.happens}
          data-right={guess === null ? undefined : guess === result.happens}
          title={`${words.openCell}: ${readsText(result, words)}`}
          onClick={open}
        >
          {resultText(result, words)}
        </button>
      )}
    </>
  );
}

/** Runs every cell, and says how many were as expected. */
function RunAll(props: { readonly lesson: LessonText; readonly words: LessonWords }): ReactNode {
  const { lesson, words } = props;
  const tryOut = useGuide((guide) => guide.tryOut);
  const { expected, results } = useGuide((guide) => guide.boards[lesson.id] ?? EMPTY_BOARD);
  const setBoard = useGuide((guide) => guide.setBoard);
  const [isBusy, setBusy] = useState(false);
  const cells = lesson.matrix.flatMap((row) =>
    LEVELS.map((level) => ({ row, level, key: keyOf(row, level) })),
  );
  const runAll = async (): Promise<void> => {
    setBusy(true);
    for (const { row, level, key } of cells) {
      const timeline = await tryOut(cellScenario(lesson, row, level));
      const before = guideStore.getState().boards[lesson.id]?.results;
      setBoard(lesson.id, { results: { ...before, [key]: cellResult(row, timeline) } });
    }
    setBusy(false);
  };
  const guessed = cells.filter(
    ({ key }) => expected[key] !== undefined && results[key] !== undefined,
  );
  const right = guessed.filter(({ key }) => expected[key] === results[key]?.happens).length;
  return (
    <div className="guide-buttons">
      <button
        type="button"
        className="button button-primary"
        disabled={isBusy}
        onClick={() => void runAll()}
      >
        {words.runMatrix}
      </button>
      {guessed.length > 0 && <span role="status">{words.score(right, guessed.length)}</span>}
    </div>
  );
}

function resultText(result: CellResult, words: LessonWords): string {
  if (result.happens) return words.happens;
  return result.waits === null ? words.prevented : words.preventedByWait(result.waits);
}

function readsText(result: CellResult, words: LessonWords): string {
  return words.reads(result.reads[0], result.reads[1]);
}
