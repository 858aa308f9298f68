/** A table of rows as MySQL has it; of a long one only the rows in sight are drawn. */
import { type ReactNode, useMemo, useRef } from "react";
import type { RowTable } from "../../diagrams/lock_rows.ts";
import { refKey } from "../../trace/ref.ts";
import { HUGE, useMedia } from "../shell/use_media.ts";
import { useRowsInSight } from "../shell/use_rows_in_sight.ts";
import { SessionChip } from "./Marks.tsx";

/** More rows than this are not all drawn. */
const LONG = 80;
/** As high as a line of text in it is. */
const ROW_PX = 24;
const HUGE_ROW_PX = 31;

export function RowTableView(props: {
  readonly table: RowTable;
  readonly selected: string | null;
  /** What the rows of a key mean, where there is something to say. */
  readonly notes: Readonly<Record<string, string>>;
}): ReactNode {
  const { table, selected, notes } = props;
  const sessionAt = table.columns.indexOf("SESSION");
  const body = useRef<HTMLTableSectionElement>(null);
  const rowPx = useMedia(HUGE) ? HUGE_ROW_PX : ROW_PX;
  const sight = useRowsInSight(body, table.rows.length, rowPx);
  const isLong = table.rows.length > LONG;
  const { from, to } = isLong ? sight : { from: 0, to: table.rows.length };
  const widths = useMemo(() => (isLong ? longest(table) : null), [table, isLong]);
  return (
    <table className="row-table" aria-rowcount={table.rows.length + 1}>
      <thead>
        <tr>
          {table.columns.map((column, at) => (
            <th
              key={column}
              scope="col"
              // Columns keep their widths, whichever rows are in sight.
              style={widths === null ? undefined : { minWidth: `calc(${widths[at]}ch + 20px)` }}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {from > 0 && <Room rows={from} rowPx={rowPx} columns={table.columns.length} />}
        {table.rows.slice(from, to).map((row, nth) => {
          const key = row.ref === null ? undefined : refKey(row.ref);
          const note = notes[row.key];
          return (
            <tr
              key={row.key}
              aria-rowindex={from + nth + 2}
              style={{ height: rowPx }}
              data-ref={key}
              data-session={row.session ?? undefined}
              tabIndex={key === undefined ? undefined : -1}
              aria-selected={key === undefined ? undefined : selected === key}
              className={row.isWaiting ? "row-waiting" : undefined}
            >
              {row.cells.map((cell, at) => (
                <td key={table.columns[at]}>
                  {at === sessionAt && row.session !== null ? (
                    <SessionChip session={row.session} />
                  ) : (
                    cell
                  )}
                </td>
              ))}
              {note !== undefined && <td className="row-note">{note}</td>}
            </tr>
          );
        })}
        {to < table.rows.length && (
          <Room rows={table.rows.length - to} rowPx={rowPx} columns={table.columns.length} />
        )}
      </tbody>
    </table>
  );
}

/** In place of rows that are out of sight. */
function Room(props: {
  readonly rows: number;
  readonly rowPx: number;
  readonly columns: number;
}): ReactNode {
  return (
    <tr style={{ height: props.rows * props.rowPx }}>
      <td colSpan={props.columns} />
    </tr>
  );
}

/** Of each column, the letters of its longest cell. */
function longest(table: RowTable): readonly number[] {
  return table.columns.map((column, at) =>
    table.rows.reduce((most, row) => Math.max(most, row.cells[at]?.length ?? 0), column.length),
  );
}
