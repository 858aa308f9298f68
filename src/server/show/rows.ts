/** The rows of SHOW that its LIKE, on one column, or its WHERE, on all, lets through. */
import type { Datum } from "../../innodb/api.ts";
import type { ShowFilter } from "../../sql/ast_show.ts";
import type { Exec, ExecResult } from "../context.ts";
import { selectFromVirtual } from "../session/executor.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { bare, type Shown, shownResult, typeOf, withOrigins } from "./shown.ts";

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
      change: null,
      empty: null,
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
