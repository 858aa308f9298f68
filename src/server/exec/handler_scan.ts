/**
 * HANDLER ... READ: the rows, by the calls of the storage engine that the statement itself names. They are consistent reads
 * whatever the isolation level.
 *
 *     READ i FIRST, LAST          from an end of the index        then next, prev
 *     READ i NEXT, PREV           from where the last read stood, if it went along the same index; else from its end
 *     READ i = (..), >= (..)      from the key                    then the same key again, next
 *     READ i < (..), <= (..)                                      then prev
 *     READ FIRST, NEXT            the table as it lies
 *
 * MySQL: Sql_cmd_handler_read::execute (sql/sql_handler.cc). InnoDB: ha_innobase::init_table_handle_for_HANDLER.
 */
import { settled } from "../../base/answer.ts";
import type { Datum, FindFlag, Handler, IndexInfo, ReadResult, Row } from "../../innodb/api.ts";
import type {
  HandlerKey,
  HandlerOperator,
  HandlerRead,
  HandlerStep,
} from "../../sql/ast_handler.ts";
import type {
  Answer,
  BaseTable,
  Exec,
  ExecResult,
  ResultColumn,
  ServerColumn,
  StatementContext,
  Warning,
} from "../context.ts";
import { mysqlError } from "../errors.ts";
import { bindExpression } from "../expr/bind.ts";
import type { Binder } from "../expr/binder.ts";
import { evalItem, type Item, isTrue } from "../expr/item.ts";
import { addTable, newScope } from "../expr/scope.ts";
import { originOf } from "../net/column_definitions.ts";
import type { HandlerCursor } from "../session/handlers.ts";
import { clientTextOf } from "../types/convert.ts";
import { newEnv } from "../types/eval_env.ts";
import { isTemporal } from "../types/sql_type.ts";
import { binderOf, defaultItems, isBareDefault } from "./binding.ts";
import { columnStore, defaultOf as defaultOfColumn } from "./column_values.ts";
import { dbFailure } from "./db_failure.ts";
import { defaultItem } from "./default_item.ts";
import { rowLimit } from "./limit.ts";
import type { StatementEnv } from "./statement_env.ts";

export interface HandlerScan {
  readonly ctx: StatementContext;
  readonly table: BaseTable;
  /** Gives the cursor, opened in the session's transaction or gone on in it. */
  readonly cursor: () => HandlerCursor;
}

/** Throws 1176, 1070, 1210, 1048 and what conditions throw. */
export function* readThroughHandler(
  { ctx, table, cursor }: HandlerScan,
  { alias: { text: alias }, index: named, how, where, limit }: HandlerRead,
): Exec<ExecResult> {
  const env = newEnv(ctx);
  const statement: StatementEnv = { ctx, env, kind: "expression", assigned: new Set() };
  const scope = newScope(null);
  const defaultOf = (column: number) => defaultItem(statement, table, column);
  const origin = (column: number) => originOf(table, alias, column);
  const { columns } = table;
  const rows = addTable(scope, { alias, schema: "", columns, originOf: origin, defaultOf });
  const binder = binderOf(statement, scope, "field list");
  const condition = where === null ? null : bindExpression(where, binder);
  const index = named === null ? null : indexNamed(table, named.text, alias);
  const { offset, count } = limit === null ? ONE_ROW : rowLimit(limit);
  const shown = columns.flatMap(({ isInvisible }, at) => (isInvisible === true ? [] : [at]));
  const texts = columns.map(({ type }) => clientTextOf(type));
  const sent: (string | null)[][] = [];
  if (count > 0) {
    const key =
      how.kind === "key" && index !== null
        ? yield* keyOf(how, index, table, binder, statement)
        : null;
    const walk = new Walk(cursor(), index, how, key);
    for (let taken = 0; taken < offset + count; ) {
      const read = yield* settled(walk.next());
      if (read === "notFound") break;
      if (!("row" in read)) throw dbFailure(read, table);
      ctx.checkInterrupt();
      rows.slot.row = read.row;
      if (condition !== null && !(yield* isTrue(condition))) continue;
      taken += 1;
      if (taken > offset) sent.push(shown.map((at) => textOf(read.row, at)));
    }
  }
  return { kind: "rows", columns: shown.map(columnOf), rows: sent };

  function textOf(row: Row, at: number): string | null {
    const value = row[at] ?? null;
    return value === null ? null : (texts[at]?.(value) ?? null);
  }

  function columnOf(at: number): ResultColumn {
    const { name, type, nullable } = columns[at] as ServerColumn;
    return { name, type, nullable, origin: () => origin(at) };
  }
}

const ONE_ROW = { offset: 0, count: 1 };

/** One call of the engine after the other. */
class Walk {
  readonly #handler: Handler;
  readonly #cursor: HandlerCursor;
  readonly #index: IndexInfo | null;
  readonly #key: readonly Datum[] | null;
  #how: Step;

  constructor(
    cursor: HandlerCursor,
    index: IndexInfo | null,
    how: HandlerStep | HandlerKey,
    key: readonly Datum[] | null,
  ) {
    this.#cursor = cursor;
    this.#handler = cursor.handler;
    this.#index = index;
    this.#key = key;
    this.#how = how.kind === "key" ? { flag: FLAGS[how.operator] } : how.kind;
  }

  next(): Answer<ReadResult> {
    const how = this.#how;
    if (typeof how === "object") return this.#byKey(how.flag);
    if (how === "same") return this.#handler.indexNextSame();
    const stands = this.#cursor.at === (this.#index?.id ?? "rows");
    if (stands && how === "next") {
      return this.#index === null ? this.#handler.rndNext() : this.#handler.indexNext();
    }
    if (stands && how === "prev") return this.#handler.indexPrev();
    return this.#fromEnd(how === "first" || how === "next");
  }

  #fromEnd(isFirst: boolean): Answer<ReadResult> {
    this.#how = isFirst ? "next" : "prev";
    this.#enter();
    if (this.#index === null) return this.#handler.rndNext();
    return isFirst ? this.#handler.indexFirst() : this.#handler.indexLast();
  }

  #byKey(flag: FindFlag): Answer<ReadResult> {
    if (flag === "exact") this.#how = "same";
    else this.#how = flag === "orNext" || flag === "after" ? "next" : "prev";
    this.#enter();
    return this.#handler.indexRead(this.#key ?? [], flag);
  }

  #enter(): void {
    const { id } = this.#index ?? { id: null };
    this.#cursor.at = id ?? "rows";
    if (id === null) this.#handler.rndInit();
    else this.#handler.indexInit(id, { keyRead: false, pushed: null });
  }
}

type Step = HandlerStep["kind"] | "same" | { readonly flag: FindFlag };

const FLAGS: Readonly<Record<HandlerOperator, FindFlag>> = {
  "=": "exact",
  ">=": "orNext",
  ">": "after",
  "<=": "orPrev",
  "<": "before",
};

function indexNamed(table: BaseTable, written: string, alias: string): IndexInfo {
  const name = written.toLowerCase();
  const index = table.info.indexes.find(
    (known) => known.parts.length > 0 && known.name.toLowerCase() === name,
  );
  if (index === undefined) throw mysqlError("ER_KEY_DOES_NOT_EXITS", written, alias);
  return index;
}

/** The values of the first key parts, converted without warnings. Throws 1070, 1210, 1048. */
function* keyOf(
  { values }: HandlerKey,
  index: IndexInfo,
  table: BaseTable,
  binder: Binder,
  statement: StatementEnv,
): Exec<readonly Datum[]> {
  const { length } = index.parts;
  if (values.length > length) throw mysqlError("ER_TOO_MANY_KEY_PARTS", length);
  const key: Datum[] = [];
  for (const [at, value] of values.entries()) {
    const column = index.parts[at]?.column ?? 0;
    if (isBareDefault(value)) {
      if (table.columns[column]?.default.kind === "none") throw wrongArguments();
      const defaults = defaultItems(table, statement);
      key.push(yield* defaultOfColumn(table, column, statement.env, defaults));
      continue;
    }
    const item = bindExpression(value, binder);
    if (item.tables !== 0 || readsVariable(value)) throw wrongArguments();
    const given = yield* evalItem(item);
    if (given === null && table.columns[column]?.nullable === false) {
      throw mysqlError("ER_BAD_NULL_ERROR", index.name);
    }
    key.push(converted(item, given, table, column, statement));
  }
  return key;
}

/**
 * A variable is not known before the statement runs, which MySQL takes for a column (INNER_TABLE_BIT).
 * Departure: so are NOW() and what else is the same all through a statement; here they are taken.
 */
function readsVariable(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  const { kind } = node as { readonly kind?: string };
  if (kind === "userVariable" || kind === "systemVariable") return true;
  return Object.values(node).some(readsVariable);
}

/** What is no date or time at all stops the read; what is cut does not. */
function converted(
  item: Item,
  value: Datum,
  table: BaseTable,
  column: number,
  { ctx }: StatementEnv,
): Datum {
  const problems: Warning[] = [];
  const warn = (warning: Warning) => problems.push(warning);
  const quiet: StatementContext = Object.create(ctx, { warn: { value: warn } });
  const result = columnStore(table, column, item.type, newEnv(quiet)).store(value);
  const type = table.columns[column]?.type ?? item.type;
  const isMoment = type.kind === "year" || isTemporal(type);
  const problem = type.kind === "year" ? NO_SUCH_VALUE : TRUNCATED;
  const isBad = ({ level, errno }: Warning) => level !== "Note" && errno === problem;
  if (isMoment && problems.some(isBad)) throw wrongArguments();
  return result;
}

const NO_SUCH_VALUE = 1366; // ER_TRUNCATED_WRONG_VALUE_FOR_FIELD
const TRUNCATED = 1265; // WARN_DATA_TRUNCATED

function wrongArguments(): Error {
  return mysqlError("ER_WRONG_ARGUMENTS", "HANDLER ... READ");
}
