/** The locks level by level, and why the one that waits does. Knows no store: a gallery can show it. */
import { type ReactNode, useMemo } from "react";
import { type DecidingMatrix, decidingMatrix } from "../../diagrams/deciding_matrix.ts";
import {
  type Level,
  type LevelLock,
  type LockedObject,
  lockLevels,
} from "../../diagrams/lock_levels.ts";
import { type Ref, refKey } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import { HourglassIcon, SessionChip } from "./Marks.tsx";
import { MatrixTable } from "./MatrixTable.tsx";
import { PictureArea } from "./PictureArea.tsx";
import type { Pointing } from "./pointing.ts";
import { WaitRoots } from "./WaitRoots.tsx";
import type { StageWords } from "./words.ts";
import type { LevelWords } from "./words_levels.ts";

export function LockLevels(props: {
  readonly state: State;
  readonly words: StageWords;
  readonly levelWords: LevelWords;
  readonly pointing: Pointing;
}): ReactNode {
  const { state, words, levelWords, pointing } = props;
  const levels = useMemo(() => lockLevels(state), [state]);
  const { selection } = pointing;
  const matrix = useMemo(() => matrixOf(state, levels, selection), [state, levels, selection]);
  return (
    <PictureArea
      label={levelWords.title}
      className="levels"
      pointing={pointing}
      {...{ state, words }}
    >
      <div className="levels-ground">
        <ol className="level-list">
          {levels.map((level) => (
            <LevelRow key={level.name} level={level} words={levelWords} />
          ))}
        </ol>
        <section className="level-why" aria-label={levelWords.whyTitle}>
          <h3>{levelWords.whyTitle}</h3>
          <WaitRoots state={state} words={levelWords} />
          {matrix === null ? (
            <p className="stage-empty">{levelWords.choose}</p>
          ) : (
            <MatrixTable matrix={matrix} words={levelWords} />
          )}
        </section>
      </div>
    </PictureArea>
  );
}

/** Of the selected lock if it waits, else of the first that does, from the widest level down. */
function matrixOf(
  state: State,
  levels: readonly Level[],
  selection: Ref | null,
): DecidingMatrix | null {
  const selected = selection === null ? null : decidingMatrix(state, selection);
  if (selected !== null) return selected;
  const waiting = levels.flatMap(({ objects }) => objects.flatMap(({ queue }) => queue));
  for (const { refs } of waiting) {
    const matrix = refs[0] === undefined ? null : decidingMatrix(state, refs[0]);
    if (matrix !== null) return matrix;
  }
  return null;
}

function LevelRow({
  level,
  words,
}: {
  readonly level: Level;
  readonly words: LevelWords;
}): ReactNode {
  return (
    <li className="level" data-level={level.name} data-empty={level.objects.length === 0}>
      <div className="level-head">
        <h3>{words.names[level.name]}</h3>
        <p>{words.means[level.name]}</p>
      </div>
      {level.objects.length === 0 ? (
        <p className="level-free">{words.free}</p>
      ) : (
        <ul className="level-objects">
          {level.objects.map((object) => (
            <ObjectRow key={object.name} object={object} words={words} />
          ))}
        </ul>
      )}
    </li>
  );
}

function ObjectRow({
  object,
  words,
}: {
  readonly object: LockedObject;
  readonly words: LevelWords;
}): ReactNode {
  const { name, held, queue } = object;
  return (
    <li className="level-object">
      <span className="level-name">{name}</span>
      <ul className="level-locks">
        {held.map((lock) => (
          <LockChip key={lock.key} lock={lock} on={name} words={words} isWaiting={false} />
        ))}
      </ul>
      {queue.length > 0 && (
        <>
          <span className="level-queue">{words.queue}</span>
          <ul className="level-locks">
            {queue.map((lock) => (
              <LockChip key={lock.key} lock={lock} on={name} words={words} isWaiting={true} />
            ))}
          </ul>
        </>
      )}
    </li>
  );
}

/** Reads as a sentence; what is drawn anyway is not said twice. */
function LockChip(props: {
  readonly lock: LevelLock;
  readonly on: string;
  readonly words: LevelWords;
  readonly isWaiting: boolean;
}): ReactNode {
  const { lock, on, words, isWaiting } = props;
  const { session, mode, refs, data, blockers } = lock;
  const hidden = (text: string): ReactNode => <span className="visually-hidden">{text}</span>;
  return (
    <li>
      <button
        type="button"
        className="level-lock"
        data-session={session}
        data-ref={refs.map(refKey).join(" ")}
        data-waiting={isWaiting}
      >
        {isWaiting && <HourglassIcon />}
        <SessionChip session={session} />
        {hidden(isWaiting ? words.waitsFor : words.holds)}
        <span>{refs.length > 1 ? words.times(refs.length, mode) : mode}</span>
        {hidden(words.on(on))}
        {data !== null && <span className="level-data">{data}</span>}
        {isWaiting && hidden(words.heldBackBy(blockers.join(", ")))}
      </button>
    </li>
  );
}
