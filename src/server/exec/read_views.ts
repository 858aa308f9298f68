/**
 * A statement that names views, read as one about their tables.
 *
 * MySQL: open_tables, parse_view_definition; sql_derived.cc.
 */
import type { Delete, Insert, SelectStatement, Update } from "../../sql/ast.ts";
import type { TableUse } from "../session/table_use.ts";
import { type ViewPlace, withoutViews } from "./expand_views.ts";
import { changeOfTable } from "./view_changes.ts";

export interface ReadViews<T> {
  readonly statement: T;
  /** The views themselves, for their metadata locks. */
  readonly uses: readonly TableUse[];
}

/** Null where it names none. */
export function readViews<T extends SelectStatement | Insert | Update | Delete>(
  place: ViewPlace,
  statement: T,
): ReadViews<T> | null {
  if (!place.catalog.hasViews) return null;
  const changed = statement.kind === "select" ? null : changeOfTable(place, statement);
  const read = withoutViews(place, (changed?.statement as T | undefined) ?? statement);
  const uses = [...(changed?.uses ?? []), ...read.uses];
  return uses.length === 0 ? null : { statement: read.statement, uses };
}
