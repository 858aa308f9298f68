/** A table that nobody has to do with, as one line that opens it. */
import type { ReactNode } from "react";
import type { TableId } from "../../trace/ids.ts";
import type { TableState } from "../../trace/state.ts";
import { FoldMark } from "./Marks.tsx";
import type { StageWords } from "./words.ts";

export function FoldedTable(props: {
  readonly table: TableState;
  readonly words: StageWords;
  readonly onOpen: (table: TableId) => void;
}): ReactNode {
  const { table, words } = props;
  return (
    <section
      className="stage-table stage-table-folded"
      aria-label={table.name}
      data-table={table.id}
    >
      <button
        type="button"
        className="table-fold"
        aria-expanded="false"
        aria-label={words.openTable(table.name)}
        onClick={() => props.onOpen(table.id)}
      >
        <FoldMark isOpen={false} />
        <span className="table-name">
          <small>{words.table}</small> {table.name}
        </span>
        <span className="table-quiet">{words.idleTable}</span>
      </button>
    </section>
  );
}
