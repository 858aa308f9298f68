/**
 * LATERAL derived tables: made anew for each row of the tables that they read, which have to come before them.
 *
 *   t, t2, d (reads t)     t and d may not have t2 between them buffered: d would be made for each of its rows
 *
 * MySQL: Query_expression::m_lateral_deps, JOIN::deps_of_remaining_lateral_derived_tables, lateral_derived_cost
 * (sql/sql_planner.cc), CacheInvalidatorIterator.
 */
import { settled } from "../../../base/answer.ts";
import type { Row } from "../../../innodb/api.ts";
import type { Exec } from "../../context.ts";
import { OUTER_ROWS } from "../../expr/item.ts";
import type { Scope } from "../../expr/scope.ts";
import type { TableAccess } from "../../optimizer/join_access.ts";
import type { OpenQuery } from "../query_types.ts";
import type { Position, SearchTable } from "./join_search.ts";
import type { JoinPlan, JoinStep, JoinTable, MadeSize } from "./join_types.ts";

export interface Lateral {
  /** Mask of the block's tables that it reads. */
  readonly tables: number;
  /** Of making it once, as soon as that is planned. */
  cost: number;
}

const ROWS_MIN = 2;
const WRITTEN_ROW_COST = 0.1;

/** What a block knows of a derived table that reads its other tables, or rows of enclosing blocks. */
export function dependentTable(opened: OpenQuery, scope: Scope, isLateral: boolean) {
  const tables = isLateral ? opened.outerTables & ~OUTER_ROWS : 0;
  const lateral: Lateral = { tables, cost: 0 };
  return {
    ...(tables === 0 ? {} : { lateral, rows: madeForRows(opened, scope) }),
    estimate: Math.max(ROWS_MIN, opened.estimate),
    isOneRow: false,
    *plan(): Exec<MadeSize> {
      const size = opened.madeSize === undefined ? null : yield* opened.madeSize();
      const planned = opened.planned === undefined ? null : yield* opened.planned();
      const rows = size?.rows ?? opened.estimate;
      lateral.cost = (planned?.cost ?? 0) + WRITTEN_ROW_COST * rows;
      return { rows: Math.max(ROWS_MIN, rows), isOneRow: false };
    },
  };
}

/** The rows, kept as long as those that they are made of stay. */
function madeForRows(opened: OpenQuery, scope: Scope): () => Exec<readonly Row[]> {
  let made: readonly Row[] | null = null;
  let madeOf: readonly Row[] = [];
  return function* () {
    const read = scope.tables.flatMap(({ position, slot }) =>
      (opened.outerTables & (2 ** position)) === 0 ? [] : [slot.row],
    );
    const isSteady = (opened.outerTables & OUTER_ROWS) === 0;
    if (made !== null && isSteady && read.every((row, at) => row === madeOf[at])) return made;
    const rows: Row[] = [];
    yield* settled(
      opened.eachRow((row) => {
        rows.push(row);
        return true;
      }),
    );
    made = rows;
    madeOf = read;
    return rows;
  };
}

export function lateralOf({ source }: JoinTable): Lateral | null {
  return source.kind === "rows" ? (source.lateral ?? null) : null;
}

/** Would a join buffer before this table hold rows of one that a lateral table to come reads? */
export function standsBetween(
  table: SearchTable,
  tables: readonly SearchTable[],
  remaining: number,
): boolean {
  const open = remaining | table.member.bit;
  return tables.some(({ member }) => {
    const lateral = (member.bit & open) === 0 ? null : lateralOf(member.table);
    return lateral !== null && (lateral.tables & ~open) !== 0;
  });
}

/** With what making it costs, for each time that it is read. */
export function withMaking(
  access: TableAccess,
  { tables, cost }: Lateral,
  before: readonly Position[],
  prefixRows: number,
): TableAccess {
  const last = before.findLast(({ table }) => (table.member.bit & tables) !== 0);
  if (last === undefined || prefixRows === 0) return access;
  return { ...access, readCost: access.readCost + (last.prefixRows * cost) / prefixRows };
}

/** EXPLAIN: the tables that are made anew for each row of this one. */
export function remadeNote({ constants, steps }: JoinPlan, step: JoinStep): string {
  const order = [...constants, ...steps];
  const names = steps.flatMap(({ table }) => {
    const lateral = lateralOf(table);
    if (lateral === null) return [];
    const last = order.findLast((one) => (lateral.tables & (2 ** one.table.scope.position)) !== 0);
    if (last !== step || table.source.kind !== "rows") return [];
    const { block } = table.source;
    return [block === undefined ? table.scope.alias : `<derived${block}>`];
  });
  return names.length === 0 ? "" : `Rematerialize (${names.join(",")})`;
}
