/**
 * The handler of one statement on one table: the reader of the row search, and the writes with the checks of foreign
 * keys before them.
 *
 * InnoDB: ha_innobase (ha_innodb.cc): write_row, update_row, delete_row, get_auto_increment.
 */
import type { Handler, Row, Steps, WriteResult } from "./api.ts";
import { tableInfo } from "./dictionary.ts";
import { askChildren } from "./foreign/children.ts";
import { checkParents } from "./foreign/parents.ts";
import type { Storage } from "./storage.ts";
import { openCursor } from "./table_cursor.ts";
import type { Table, TrxImpl } from "./types.ts";
import { insertRow } from "./write/insert.ts";
import { changeRow } from "./write/update.ts";

export function openHandler(storage: Storage, trx: TrxImpl, table: Table): Handler {
  const { reader, writer, current } = openCursor(storage, trx, table);

  function* change(after: Row | null): Steps<WriteResult> {
    const rec = current();
    const before = rec.row as Row;
    if (after !== null) {
      const orphan = yield* checkParents(storage, trx, table, before, after, null);
      if (orphan !== null) return orphan;
    }
    const refused = yield* askChildren(storage, trx, { table, rec, before, after, cause: null });
    if (refused !== null) return refused;
    return yield* changeRow(writer, rec, after);
  }

  return {
    ...reader,
    table: tableInfo(table),
    *writeRow(row, { onDuplicate }) {
      writer.allowDuplicates = onDuplicate === "replace" || onDuplicate === "update";
      const orphan = yield* checkParents(storage, trx, table, null, row, null);
      return orphan ?? (yield* insertRow(writer, table, row));
    },
    updateRow: (row) => change(row),
    deleteRow: () => change(null),
    readDuplicate(index, key) {
      reader.setReadLock("X", "wait");
      reader.indexInit(index, { keyRead: false, pushed: null });
      return reader.indexRead(key, "exact");
    },
    reserveAutoIncrement(count) {
      const first = table.autoIncrement;
      table.autoIncrement += count;
      return first;
    },
    noteAutoIncrement(value) {
      if (value >= table.autoIncrement) table.autoIncrement = Number(value) + 1;
    },
  };
}
