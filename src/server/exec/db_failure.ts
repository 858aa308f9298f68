/** The storage engine's refusals as MySQL's errors (MySQL: handler::print_error, convert_error_code_to_mysql). */
import { unreachable } from "../../base/assert.ts";
import type { Datum, DbError, ForeignKeyDef } from "../../innodb/api.ts";
import { type BaseTable, type ExecResult, MysqlFailure } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { textOf } from "../types/convert.ts";
import { isOfBytes } from "../types/sql_type.ts";

export function dbFailure(error: DbError, table: BaseTable): MysqlFailure {
  switch (error.err) {
    case "duplicateKey":
      return mysqlError(
        "ER_DUP_ENTRY",
        duplicateText(error, table),
        `${table.name}.${error.indexName}`,
      );
    case "lockWaitTimeout":
      return mysqlError("ER_LOCK_WAIT_TIMEOUT");
    case "deadlock":
      return mysqlError("ER_LOCK_DEADLOCK");
    case "lockNowait":
      return mysqlError("ER_LOCK_NOWAIT");
    case "tableDefinitionChanged":
      return mysqlError("ER_TABLE_DEF_CHANGED");
    case "cascadeTooDeep":
      return mysqlError("ER_FK_DEPTH_EXCEEDED", 15);
    case "cascadeTwice":
      return mysqlError("ER_FK_TABLES_EXCEEDED", 30);
    case "cascadeCutOff":
      // The handler's own word for "something went wrong" (HA_ERR_GENERIC).
      return mysqlError("ER_GET_ERRNO", 168, "Unknown (generic) error from engine");
    case "foreignDuplicate": {
      const { table: parent, key, childTable, indexName } = error;
      return mysqlError(
        "ER_FOREIGN_DUPLICATE_KEY_WITH_CHILD_INFO",
        parent,
        keyText(key.map(String)),
        childTable,
        indexName,
      );
    }
    case "interrupted":
      return mysqlError("ER_QUERY_INTERRUPTED");
    case "noReferencedRow":
      return mysqlError("ER_NO_REFERENCED_ROW_2", constraintText(error));
    case "rowIsReferenced":
      return mysqlError("ER_ROW_IS_REFERENCED_2", constraintText(error));
    default:
      return unreachable(error);
  }
}

/**
 * A cascade that lost its error: the row stays as it is, and the statement goes on. Where the transaction is gone with it
 * (a deadlock), a scan of the table fails at its next row, in the handler's own words.
 * Departure: other searches go on in a new transaction until that is rolled back; here they end.
 */
export function passOverCutOff(
  error: DbError,
  scansTable: boolean,
  table: BaseTable,
  soFar: () => Extract<ExecResult, { kind: "ok" }>,
): boolean {
  if (error.err !== "cascadeCutOff") return false;
  if (error.why !== "deadlock") return true;
  const told = scansTable ? dbFailure(error, table).error : soFar();
  throw new MysqlFailure(mysqlError("ER_LOCK_DEADLOCK").error, told);
}

/** The key's values joined by '-', as print_keydup_error writes them. */
export function duplicateText(
  error: Extract<DbError, { err: "duplicateKey" }>,
  table: BaseTable,
): string {
  const index = table.info.indexes.find((candidate) => candidate.id === error.index);
  const columns = error.columns ?? index?.parts.map(({ column }) => column) ?? [];
  const shown = (value: Datum, at: number): string => {
    const column = table.columns[columns[at] ?? -1];
    if (value === null) return "NULL";
    if (column === undefined) return String(value);
    // An index that is being made does not know the members' names (MySQL prints the empty text).
    if (error.columns !== undefined && column.type.kind === "enum") return "";
    const text = textOf(column.type)(value);
    return isOfBytes(column.type) ? printable(text) : text;
  };
  return keyText(error.key.slice(0, columns.length || error.key.length).map(shown));
}

/** Nothing stands between an empty text at the beginning and what follows. MySQL: key_unpack. */
export function keyText(values: readonly string[]): string {
  return values.reduce((text, value) => (text === "" ? value : `${text}-${value}`), "");
}

/** MySQL: ErrConvString; BINARY(n) without the zero bytes that fill it up. */
function printable(bytes: string): string {
  return bytes
    .replace(/\0+$/, (end) => (end === bytes ? end : ""))
    .replace(/[^ -~]/g, (byte) => {
      return `\\x${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
    });
}

/** (`sim`.`ch`, CONSTRAINT `ch_p` FOREIGN KEY (`pid`) REFERENCES `p` (`id`)) */
function constraintText(error: Extract<DbError, { readonly foreignKey: ForeignKeyDef }>): string {
  const { foreignKey, childSchema } = error;
  const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
  const schema = foreignKey.refSchema === childSchema ? [] : [foreignKey.refSchema];
  const parent = [...schema, foreignKey.refTable].map((name) => `\`${name}\``).join(".");
  const rules = [
    ruleText("ON DELETE", foreignKey.onDelete),
    ruleText("ON UPDATE", foreignKey.onUpdate),
  ].join("");
  return ` (\`${childSchema}\`.\`${error.childTable}\`, CONSTRAINT \`${foreignKey.name}\` FOREIGN KEY (${quoted(error.childColumns)}) REFERENCES ${parent} (${quoted(foreignKey.refColumns)})${rules})`;
}

function ruleText(event: string, rule: ForeignKeyDef["onDelete"]): string {
  return rule === "NO ACTION" ? "" : ` ${event} ${rule}`;
}
