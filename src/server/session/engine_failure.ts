/** The storage engine's refusals outside of queries (LOCK TABLES, DDL), as MySQL's errors. */
import { unreachable } from "../../base/assert.ts";
import type { DbError } from "../../innodb/api.ts";
import { mysqlError } from "../errors.ts";
import { keyText } from "../exec/db_failure.ts";

export function failDbError(error: DbError): never {
  switch (error.err) {
    case "lockWaitTimeout":
      throw mysqlError("ER_LOCK_WAIT_TIMEOUT");
    case "deadlock":
      throw mysqlError("ER_LOCK_DEADLOCK");
    case "lockNowait":
      throw mysqlError("ER_LOCK_NOWAIT");
    case "tableDefinitionChanged":
      throw mysqlError("ER_TABLE_DEF_CHANGED");
    case "interrupted":
      throw mysqlError("ER_QUERY_INTERRUPTED");
    case "duplicateKey":
      throw mysqlError("ER_DUP_ENTRY", keyText(error.key.map(String)), error.indexName);
    case "cascadeTooDeep":
    case "cascadeTwice":
    case "foreignDuplicate":
    case "cascadeCutOff":
    case "noReferencedRow":
      throw mysqlError("ER_NO_REFERENCED_ROW");
    case "rowIsReferenced":
      throw mysqlError("ER_ROW_IS_REFERENCED");
    default:
      return unreachable(error);
  }
}
