/** What SHOW makes before it is filtered: rows in full, texts all. */
import type { ColumnType } from "../../trace/values.ts";
import type { ExecResult, ResultColumn } from "../context.ts";
import { BIGINT, varchar } from "../types/sql_type.ts";
import { type ShownView, shownOrigin } from "./views.ts";

export type ShownRow = readonly (string | null)[];

/** Column names; a `#` in front marks a number. */
export interface Shown {
  readonly columns: readonly string[];
  readonly rows: readonly ShownRow[];
  /** What the client is told the columns are columns of. */
  readonly view?: ShownView;
}

const TEXT_LENGTH = 256;

export function shownResult(shown: Shown): ExecResult {
  const columns = shown.columns.map((name) => ({ name: bare(name), type: typeOf(name) }));
  return { kind: "rows", columns: withOrigins(columns, shown.view), rows: shown.rows };
}

export function withOrigins(
  columns: readonly ResultColumn[],
  view: ShownView | undefined,
): readonly ResultColumn[] {
  if (view === undefined) return columns;
  return columns.map((column) => {
    const origin = shownOrigin(view, column.name);
    return origin === null ? column : { ...column, origin: () => origin };
  });
}

/** A column's name without its `#`. */
export function bare(name: string): string {
  return name.startsWith("#") ? name.slice(1) : name;
}

export function typeOf(name: string): ColumnType {
  return name.startsWith("#") ? BIGINT : varchar(TEXT_LENGTH);
}
