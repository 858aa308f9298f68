/** A model, labelled as one: the row locks of this moment on pages, extents, or escalated; and which engine locks what. */
import { type ReactNode, useId, useMemo, useState } from "react";
import { coarseWaits, GRAINS, type Grain } from "../../diagrams/coarse_locks.ts";
import type { State } from "../../trace/state.ts";
import type { ModelWords } from "./words_model.ts";

const LEVELS = ["row", "page", "table"] as const;

/** Berkeley DB was an engine of MySQL until 5.1; Oracle and SQL Server are systems of their own. */
const ENGINES: readonly (readonly [name: string, ...has: (typeof LEVELS)[number][]])[] = [
  ["InnoDB", "row", "table"],
  ["MyISAM", "table"],
  ["MEMORY", "table"],
  ["Oracle", "row", "table"],
  ["SQL Server", "row", "page", "table"],
  ["BDB", "page", "table"],
];

const LIMIT_MAX = 9999;

export function LockModel(props: { readonly state: State; readonly words: ModelWords }): ReactNode {
  const { state, words } = props;
  const [grain, setGrain] = useState<Grain>("page");
  const [limit, setLimit] = useState(3);
  return (
    <details className="lock-model">
      <summary>{words.title}</summary>
      <p className="lock-model-label">{words.notMysql}</p>
      <GrainChoice {...{ grain, setGrain, words }} />
      {grain === "escalation" && (
        <label className="check">
          <input
            className="input"
            type="number"
            min={1}
            max={LIMIT_MAX}
            value={limit}
            onChange={({ target }) =>
              setLimit(Math.min(LIMIT_MAX, Math.max(1, target.valueAsNumber || 1)))
            }
          />
          {words.limit}
        </label>
      )}
      <Waits {...{ state, grain, limit, words }} />
      <p>{words.escalates}</p>
      <EngineTable words={words} />
    </details>
  );
}

function GrainChoice(props: {
  readonly grain: Grain;
  readonly setGrain: (grain: Grain) => void;
  readonly words: ModelWords;
}): ReactNode {
  const name = useId();
  return (
    <fieldset className="menu-choice">
      <legend>{props.words.question}</legend>
      {GRAINS.map((each) => (
        <label key={each} className="check">
          <input
            type="radio"
            name={name}
            checked={each === props.grain}
            onChange={() => props.setGrain(each)}
          />
          {props.words.grains[each]}
        </label>
      ))}
    </fieldset>
  );
}

function Waits(props: {
  readonly state: State;
  readonly grain: Grain;
  readonly limit: number;
  readonly words: ModelWords;
}): ReactNode {
  const { state, grain, limit, words } = props;
  const waits = useMemo(() => coarseWaits(state, grain, limit), [state, grain, limit]);
  if (waits.length === 0) {
    const isIdle = state.recLocks.size === 0 && grain !== "row";
    return <p role="status">{isIdle ? words.rowLocks : words.nobody(grain)}</p>;
  }
  return (
    <ul role="status" className="lock-model-waits">
      {waits.map((wait) => (
        <li key={wait.waiter} data-session={wait.waiter}>
          {words.waits(wait, grain)}
        </li>
      ))}
    </ul>
  );
}

function EngineTable({ words }: { readonly words: ModelWords }): ReactNode {
  return (
    <table className="matrix">
      <caption>{words.engines}</caption>
      <thead>
        <tr>
          <th scope="col">{words.engine}</th>
          {LEVELS.map((level) => (
            <th key={level} scope="col">
              {words.levels[level]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ENGINES.map(([name, ...has]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {LEVELS.map((level) => (
              <td key={level}>{has.includes(level) ? words.yes : words.no}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
