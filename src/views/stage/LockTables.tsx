/** The lock tables in tabs, sorted, with their text to copy. Knows no store: a gallery can show it. */
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from "react";
import {
  asText,
  ROW_TABLES,
  type RowTable,
  type RowTableName,
  rowTable,
  withLeadingColumns,
} from "../../diagrams/lock_rows.ts";
import type { State } from "../../trace/state.ts";
import { LOW, NARROW, useMedia } from "../shell/use_media.ts";
import { PictureArea } from "./PictureArea.tsx";
import type { Pointing } from "./pointing.ts";
import { RowTableView } from "./RowTableView.tsx";
import type { StageWords } from "./words.ts";
import type { TableWords } from "./words_tables.ts";

export function LockTables(props: {
  readonly state: State;
  readonly words: StageWords;
  readonly tableWords: TableWords;
  readonly pointing: Pointing;
}): ReactNode {
  const { state, words, tableWords, pointing } = props;
  const id = useId();
  const [name, setName] = useState<RowTableName>("dataLocks");
  const tables = useMemo(
    () => Object.fromEntries(ROW_TABLES.map((each) => [each, rowTable(state, each)])),
    [state],
  ) as Record<RowTableName, RowTable>;
  const table = tables[name];
  const isNarrow = useMedia(NARROW);
  // Beside the picture of waits there is half the width.
  const isLow = useMedia(LOW);
  const hasLittle = isNarrow || isLow;
  const shown = useMemo(() => (hasLittle ? withLeadingColumns(table) : table), [hasLittle, table]);
  return (
    <div className="lock-tables">
      <div className="lock-tables-bar">
        <Tabs {...{ id, name, tables, tableWords }} onChoose={setName} />
        <CopyButton {...{ table, tableWords }} />
      </div>
      <PictureArea label={tableWords.tabs[name]} pointing={pointing} {...{ state, words }}>
        <div
          role="tabpanel"
          id={`${id}-panel`}
          aria-labelledby={`${id}-${name}`}
          className="lock-tables-panel"
        >
          {table.rows.length === 0 ? (
            <p className="stage-empty">{tableWords.empty}</p>
          ) : (
            <RowTableView table={shown} selected={pointing.selected} notes={tableWords.counters} />
          )}
        </div>
      </PictureArea>
    </div>
  );
}

function Tabs(props: {
  readonly id: string;
  readonly name: RowTableName;
  readonly tables: Record<RowTableName, RowTable>;
  readonly tableWords: TableWords;
  readonly onChoose: (name: RowTableName) => void;
}): ReactNode {
  const { id, name, tables, tableWords } = props;
  const buttons = useRef(new Map<RowTableName, HTMLButtonElement>());
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
    if (step === 0) return;
    event.preventDefault();
    const next =
      ROW_TABLES[(ROW_TABLES.indexOf(name) + step + ROW_TABLES.length) % ROW_TABLES.length] ?? name;
    props.onChoose(next);
    buttons.current.get(next)?.focus();
  };
  return (
    <div role="tablist" className="stage-tabs" onKeyDown={onKeyDown}>
      {ROW_TABLES.map((each) => (
        <button
          key={each}
          ref={(button) => {
            if (button !== null) buttons.current.set(each, button);
          }}
          type="button"
          role="tab"
          id={`${id}-${each}`}
          aria-selected={each === name}
          aria-controls={`${id}-panel`}
          tabIndex={each === name ? 0 : -1}
          onClick={() => props.onChoose(each)}
        >
          {tableWords.tabs[each]} <span className="tab-count">{tables[each].rows.length}</span>
        </button>
      ))}
    </div>
  );
}

function CopyButton(props: {
  readonly table: RowTable;
  readonly tableWords: TableWords;
}): ReactNode {
  const { table, tableWords } = props;
  const [copied, setCopied] = useState<RowTable | null>(null);
  return (
    <button
      type="button"
      className="stage-button"
      onClick={() => {
        void navigator.clipboard.writeText(asText(table)).then(() => setCopied(table));
      }}
    >
      {copied === table ? tableWords.copied : tableWords.copy}
    </button>
  );
}
