/**
 * The handler of one statement on one table: the reader of the row search, and the writes.
 *
 * InnoDB: ha_innobase (ha_innodb.cc): write_row, update_row, delete_row, get_auto_increment.
 */
import { assert } from "../base/assert.ts";
import type { Handler } from "./api.ts";
import { clusteredIndex, tableInfo } from "./dictionary.ts";
import { createReader } from "./search/reader.ts";
import type { Storage } from "./storage.ts";
import type { Prebuilt, Rec, Table, TrxImpl } from "./types.ts";
import { insertRow } from "./write/insert.ts";
import { changeRow } from "./write/update.ts";
import type { Writer } from "./write/writer.ts";

export function openHandler(storage: Storage, trx: TrxImpl, table: Table): Handler {
  const prebuilt: Prebuilt = {
    trx,
    table,
    index: clusteredIndex(table),
    lockMode: "none",
    onConflict: "wait",
    clustRec: null,
    row: null,
  };
  const reader = createReader(storage.context, prebuilt);
  const writer: Writer = { storage, trx, allowDuplicates: false, ixLocked: new Set() };
  trx.isRegistered = true;
  const rowLastRead = (): Rec => {
    assert(prebuilt.clustRec !== null, "a row has been read");
    return prebuilt.clustRec;
  };
  return {
    ...reader,
    table: tableInfo(table),
    writeRow(row, { onDuplicate }) {
      writer.allowDuplicates = onDuplicate === "replace" || onDuplicate === "update";
      return insertRow(writer, table, row);
    },
    updateRow: (row) => changeRow(writer, rowLastRead(), row),
    deleteRow: () => changeRow(writer, rowLastRead(), null),
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
