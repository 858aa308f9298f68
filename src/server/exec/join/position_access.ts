/**
 * How a table is best read at its place in an order of tables: by what those before it give, and how often.
 *
 * MySQL: Optimize_table_order::best_access_path (sql_planner.cc), for the tables that are left to it.
 */
import { bestAccess, type TableAccess } from "../../optimizer/join_access.ts";
import type { Position, Search, SearchRequest, SearchTable } from "./join_search.ts";
import { lateralOf, standsBetween, withMaking } from "./lateral.ts";

/** `at`: how many of the positions are before it. */
export function accessAt(
  { positions, request }: Search,
  table: SearchTable,
  remaining: number,
  at: number,
  prefixRows: number,
  { mayBuffer }: { readonly mayBuffer: boolean },
): TableAccess {
  const available = allTables(request) & ~remaining & ~table.member.bit;
  const place = {
    available: withinOnly(request, available),
    prefixRows,
    distinctPrefix: (tables: number) => distinctPrefix(positions.slice(0, at), tables),
    mayBuffer:
      mayBuffer &&
      table.mayBuffer &&
      at > 0 &&
      !(request.hasLateral && standsBetween(table, request.tables, remaining)),
  };
  const { question } = table;
  const found = "kind" in question ? question.place(place) : bestAccess(question, place);
  const lateral = request.hasLateral ? lateralOf(table.member.table) : null;
  const access =
    lateral === null ? found : withMaking(found, lateral, positions.slice(0, at), prefixRows);
  const isLast = (remaining & ~table.member.bit) === 0;
  return isLast && request.endsUnfiltered ? { ...access, filterEffect: 1 } : access;
}

function allTables({ tables, constants }: SearchRequest): number {
  return tables.reduce((mask, { member }) => mask | member.bit, constants) | (2 ** 30);
}

/** A nest that is planned for itself sees nothing of the tables around it. */
function withinOnly({ within, constants }: SearchRequest, available: number): number {
  return within === null ? available : available & (within.tables | constants | (2 ** 30));
}

function distinctPrefix(positions: readonly Position[], tables: number): number {
  let found = 1;
  let wanted = tables;
  for (const { table, access } of positions.toReversed()) {
    const fanout = access.rowsFetched * access.filterEffect;
    if ((table.member.bit & wanted) !== 0) {
      wanted |= access.ref?.tables ?? 0;
      if (access.rowsFetched > 0) found *= fanout;
    } else if (fanout < 1) found *= fanout;
  }
  return found;
}
