/** A key's COMMENT and USING: shown, and nothing else (MySQL: sql/sql_table.cc: prepare_key, store_create_info). */
import type { IndexOptions } from "../../sql/ast_table.ts";
import type { KeyNotes } from "../catalog/catalog.ts";
import type { StatementContext } from "../context.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import type { DraftKey, DraftTable } from "./table_definition.ts";

const COMMENT_MAX = 1024;

/** Null where nothing was written. Throws 1688. */
export function keyNotes(name: string, { comment, using }: IndexOptions): KeyNotes | null {
  return comment === null && using === null ? null : { comment: checked(name, comment), using };
}

function checked(name: string, comment: string | null): string {
  if (comment === null || comment.length <= COMMENT_MAX) return comment ?? "";
  throw mysqlError("ER_TOO_LONG_INDEX_COMMENT", name, COMMENT_MAX);
}

/** Of new keys: InnoDB and MyISAM have no hash indexes. */
export function warnOfHash(context: StatementContext, { engine }: DraftTable, key: DraftKey): void {
  if (key.notes?.using !== "hash" || engine === "MEMORY") return;
  context.warn(mysqlWarning("Note", "ER_UNSUPPORTED_INDEX_ALGORITHM", "HASH"));
}
