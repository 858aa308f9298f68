/** Rows of SHOW: made in full, then filtered by LIKE on one column or by WHERE on all. */
import type { Datum } from "../../innodb/api.ts";
import type { ShowFilter } from "../../sql/ast_show.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { Exec, ExecResult, ResultColumn } from "../context.ts";
import { selectFromVirtual } from "../session/executor.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
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

function withOrigins(
  columns: readonly ResultColumn[],
  view: ShownView | undefined,
): readonly ResultColumn[] {
  if (view === undefined) return columns;
  return columns.map((column) => {
    const origin = shownOrigin(view, column.name);
    return origin === null ? column : { ...column, origin: () => origin };
  });
}

/** LIKE is about the column at `likeColumn`. */
export function* filtered(
  execution: StatementExecution,
  shown: Shown,
  filter: ShowFilter | null,
  likeColumn = 0,
): Exec<ExecResult> {
  if (filter === null) return shownResult(shown);
  if (filter.kind === "showLike") {
    const matches = likeMatcher(filter.pattern);
    return shownResult({
      ...shown,
      rows: shown.rows.filter((row) => matches(row[likeColumn] ?? "")),
    });
  }
  const result = yield* selectFromVirtual(
    execution,
    {
      kind: "virtual",
      schema: "",
      name: "show",
      columns: shown.columns.map((name) => ({
        name: bare(name),
        type: typeOf(name),
        nullable: true,
      })),
      rows: () =>
        shown.rows.map((row) =>
          row.map(
            (text, at): Datum =>
              shown.columns[at]?.startsWith("#") && text !== null ? Number(text) : text,
          ),
        ),
    },
    filter.condition,
  );
  if (result.kind !== "rows") return result;
  return { ...result, columns: withOrigins(result.columns, shown.view) };
}

/** LIKE without regard to case; `\` escapes. */
export function likeMatcher(pattern: string): (text: string) => boolean {
  const source = [...pattern.matchAll(/\\(.)|([%_])|([\s\S])/gu)].map(
    ([, escaped, wild, plain]) => {
      if (wild === "%") return "[\\s\\S]*";
      if (wild === "_") return "[\\s\\S]";
      return (escaped ?? plain ?? "").replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    },
  );
  const expression = new RegExp(`^${source.join("")}$`, "iu");
  return (text) => expression.test(text);
}

function bare(name: string): string {
  return name.startsWith("#") ? name.slice(1) : name;
}

function typeOf(name: string): ColumnType {
  return name.startsWith("#") ? BIGINT : varchar(TEXT_LENGTH);
}
