/** Two runs beside each other, with the first difference marked. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { unreachable } from "../../base/assert.ts";
import type { ComparedRun, Comparison } from "../../store/comparing.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { Script } from "../../store/script.ts";
import { scheduleWords } from "../schedule/words.ts";
import { Dialog } from "../shell/Dialog.tsx";
import { CompareTable } from "./CompareTable.tsx";
import { alsoDiffers, comparedRuns, deedOf, isElsewhere, placesOf } from "./compare_rows.ts";
import { type Variant, variantsOf } from "./variants.ts";
import "./compare.css";

export function CompareDialog(props: { readonly onClose: () => void }): ReactNode {
  const language = useLanguage();
  const words = scheduleWords(language);
  const script = usePage((page) => page.script);
  const branches = usePage((page) => page.branches);
  const comparison = usePage((page) => page.comparison);
  const { compare, endComparison, adopt } = usePage((page) => page.commands);
  const variants = useMemo(
    () => variantsOf(script, branches, language),
    [script, branches, language],
  );
  const [sides, setSides] = useState<readonly [string, string]>(() => ["now", secondOf(variants)]);
  const [left, right] = sides.map(
    (id) => variants.find((variant) => variant.id === id) ?? variants[0],
  ) as [Variant, Variant];
  const isEmpty = script.scenario.steps.length === 0 && branches.length === 0;

  // Running is what the dialog is open for; what it ran is gone with it.
  const chosen = `${sides.join(" | ")}`;
  const runs = useRef({ left, right });
  runs.current = { left, right };
  useEffect(() => {
    if (isEmpty || chosen === "") return;
    void compare(runs.current.left.script(), runs.current.right.script());
  }, [chosen, isEmpty, compare]);
  useEffect(() => endComparison, [endComparison]);

  const choice = (side: 0 | 1) => (
    <label className="compare-side">
      <span>{side === 0 ? words.left : words.right}</span>
      <select
        className="select"
        value={sides[side]}
        onChange={({ target }) =>
          setSides(side === 0 ? [target.value, sides[1]] : [sides[0], target.value])
        }
      >
        {variants.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
  const open = (other: Script): void => {
    props.onClose();
    void adopt(other);
  };
  return (
    <Dialog title={words.compare} closeLabel={words.close} onClose={props.onClose} isWide={true}>
      {isEmpty ? (
        <p>{words.whatNow}</p>
      ) : (
        <>
          <div className="compare-sides">
            {choice(0)}
            {choice(1)}
          </div>
          <Found comparison={comparison} now={script} onOpen={open} />
        </>
      )}
    </Dialog>
  );
}

/** The future that was left last is what one mostly wants to see; else the level below. */
function secondOf(variants: readonly Variant[]): string {
  return variants.findLast(({ id }) => id.startsWith("branch"))?.id ?? "READ COMMITTED";
}

function Found(props: {
  readonly comparison: Comparison | null;
  readonly now: Script;
  readonly onOpen: (script: Script) => void;
}): ReactNode {
  const words = scheduleWords(useLanguage());
  const { comparison } = props;
  if (comparison === null || comparison.kind === "running") {
    return (
      <p className="compare-word" role="status">
        {words.running}
      </p>
    );
  }
  switch (comparison.kind) {
    case "failed":
      return (
        <p className="compare-word" role="alert">
          {words.failed(comparison.message)}
        </p>
      );
    case "done":
      return <Done {...props} left={comparison.left} right={comparison.right} />;
    default:
      return unreachable(comparison);
  }
}

function Done(props: {
  readonly left: ComparedRun;
  readonly right: ComparedRun;
  readonly now: Script;
  readonly onOpen: (script: Script) => void;
}): ReactNode {
  const words = scheduleWords(useLanguage());
  const { left, right, now, onOpen } = props;
  const runs = useMemo(() => comparedRuns(left, right), [left, right]);
  const first = runs.first === null ? null : (runs.rows[runs.first] ?? null);
  const also =
    first?.difference === "order" && first.left !== null && first.right !== null
      ? alsoDiffers(first, {
          left: deedOf(left, first.left),
          right: deedOf(right, first.right),
        }).map((kind) => words.also[kind])
      : [];
  const verdict =
    first === null || first.difference === null
      ? words.same
      : words.firstDifference(placesOf(first), words.what[first.difference], also);
  const other = runs.firstOnRight === null ? null : (runs.rows[runs.firstOnRight]?.right ?? null);
  const isOther = runs.rows.some(isElsewhere) && runs.firstOnRight !== runs.first;
  const opener = (run: ComparedRun, label: string) =>
    run.script !== now && (
      <button
        type="button"
        className="button"
        title={words.openHint}
        onClick={() => onOpen(run.script)}
      >
        {label}
      </button>
    );
  return (
    <>
      <p className="compare-word" role="status" data-same={first === null}>
        {verdict}
        {runs.endsDifferently === null ? "" : words.endsDifferently(runs.endsDifferently + 1)}
        {isOther && other !== null ? ` ${words.firstOnRight(other.command + 1)}` : ""}
      </p>
      {runs.rows.some(isElsewhere) && <p className="compare-order">{words.ownOrder}</p>}
      <CompareTable left={left} right={right} runs={runs} words={words} />
      <div className="compare-sides">
        <span>{opener(left, words.openLeft)}</span>
        <span>{opener(right, words.openRight)}</span>
      </div>
    </>
  );
}
