/**
 * CREATE TABLE ... SELECT: what the new table's columns are, by those of the query.
 *
 * MySQL: create_table_from_items, Item_func::tmp_table_field, create_tmp_field_from_item.
 */
import type { Expression } from "../../sql/ast_expression.ts";
import type { Query } from "../../sql/ast_query.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { ResultColumn, ServerColumn } from "../context.ts";
import { isOfBytes, LONGTEXT, textLength } from "../types/sql_type.ts";

/** `zeroDates`: sql_mode has no NO_ZERO_DATE. */
export function copiedColumns(
  query: Query,
  columns: readonly ResultColumn[],
  zeroDates: boolean,
): ServerColumn[] {
  const expressions = expressionsOf(query, columns.length);
  return columns.map(({ name, type, nullable = true, default: given, comment = "" }, at) => {
    const made = copiedType(type, expressions[at] ?? null);
    return {
      name,
      type: made,
      nullable,
      autoIncrement: false,
      default: copiedDefault(given, made, nullable, zeroDates),
      onUpdateNow: false,
      comment,
    };
  });
}

/** By position; null for what a star or a UNION gives. Behind a star they are counted from the end. */
function expressionsOf({ body }: Query, columns: number): readonly (Expression | null)[] {
  const items = body.kind === "querySpecification" ? body.items : [];
  const stars = items.flatMap(({ kind }, at) => (kind === "selectStar" ? [at] : []));
  const [first = columns] = stars;
  const last = stars.at(-1) ?? -1;
  return Array.from({ length: columns }, (_unused, at) => {
    const fromEnd = at - columns + items.length;
    const item = at < first ? items[at] : fromEnd > last ? items[fromEnd] : undefined;
    return item?.kind === "selectExpression" ? item.expression : null;
  });
}

function copiedType(type: ColumnType, expression: Expression | null): ColumnType {
  switch (type.kind) {
    case "int":
      return wholeColumn(type, expression);
    case "char":
      if (COLUMNS.includes(expression?.kind)) return type;
      return { ...type, kind: "varchar" };
    case "varchar":
      return textColumn(type, expression?.kind === "aggregate");
    default:
      return type;
  }
}

/** What gives a column as it is. */
const COLUMNS: readonly (Expression["kind"] | undefined)[] = [undefined, "column", "aggregate"];

/**
 * More than 65,535 bytes are a BLOB or TEXT of the largest kind, more than 512 characters of an aggregate a usual one.
 * MySQL: Item::set_data_type_string; Item::make_string_field, CONVERT_IF_BIGGER_TO_BLOB.
 */
function textColumn(
  type: ColumnType & { kind: "char" | "varchar" },
  isAggregate: boolean,
): ColumnType {
  const bytes = type.length * (isOfBytes(type) ? 1 : 4);
  const isLong = bytes > SHORT_BYTES_MAX;
  if (!isLong && !(isAggregate && type.length > 512)) return type;
  const kind = isOfBytes(type) ? "blob" : "text";
  return { kind, length: isLong ? LONGTEXT.length : SHORT_BYTES_MAX, collation: type.collation };
}

const SHORT_BYTES_MAX = 65_535;

/** A column stays as it is; what is computed becomes an INT where its text is short enough. */
function wholeColumn(
  type: ColumnType & { kind: "int" },
  expression: Expression | null,
): ColumnType {
  const characters = shortCharacters(expression);
  const isKept = characters === 0 || expression?.kind === "column";
  if (isKept && type.characters === undefined) return type;
  const { unsigned } = type;
  const isShort = textLength(type) <= characters;
  return { kind: "int", bytes: isShort ? 4 : 8, unsigned };
}

/** The longest text that makes an INT; 0 where the type alone decides. */
function shortCharacters(expression: Expression | null): number {
  switch (expression?.kind) {
    case undefined:
    case "aggregate":
    case "windowFunction":
      return 0;
    case "function":
      return expression.name === "ifnull" ? 0 : 11;
    case "integer":
    case "subquery":
      return 9;
    default:
      return 11;
  }
}

/** What is generated there is a value like any other here. */
function copiedDefault(
  given: ServerColumn["default"] | undefined,
  type: ColumnType,
  nullable: boolean,
  zeroDates: boolean,
): ServerColumn["default"] {
  if (given !== undefined && given.kind !== "generated" && type.kind !== "bit") return given;
  if (nullable) return { kind: "literal", value: null };
  return given === undefined || type.kind === "bit" ? zeroOf(type, zeroDates) : { kind: "none" };
}

/** The default of a column that an expression gave: MySQL makes it from the type. */
function zeroOf(type: ColumnType, zeroDates: boolean): ServerColumn["default"] {
  switch (type.kind) {
    case "text":
    case "blob":
    case "enum":
      return { kind: "none" };
    case "char":
    case "varchar":
      return { kind: "literal", value: "" };
    case "date":
      return zeroDates ? { kind: "literal", value: "0000-00-00" } : { kind: "none" };
    case "datetime":
    case "timestamp":
      if (!zeroDates) return { kind: "none" };
      return { kind: "literal", value: "0000-00-00 00:00:00" };
    default:
      return { kind: "literal", value: 0 };
  }
}
