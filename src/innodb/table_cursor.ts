/** A cursor on a table for one statement: what reads move and writes use. */
import { assert } from "../base/assert.ts";
import type { ForeignKeyCheck } from "../trace/events.ts";
import { clusteredIndex } from "./dictionary.ts";
import type { Prebuilt } from "./prebuilt.ts";
import { createReader, type Reader } from "./search/reader.ts";
import type { Storage } from "./storage.ts";
import type { Rec, Table, TrxImpl } from "./types.ts";
import type { Writer } from "./write/writer.ts";

/** Reads and writes of one table by one transaction that is not a statement's handler: foreign keys. */
export interface TableCursor {
  readonly reader: Reader;
  readonly writer: Writer;
  /** The clustered record of the row last read. */
  readonly current: () => Rec;
  /** It reads in another transaction from now on. */
  readonly goOnIn: (trx: TrxImpl) => void;
}

/** On the clustered index; reads lock nothing until they are told to. */
export function openCursor(
  storage: Storage,
  trx: TrxImpl,
  table: Table,
  foreignKey: ForeignKeyCheck | null = null,
): TableCursor {
  const prebuilt: Prebuilt = {
    trx,
    table,
    index: clusteredIndex(table),
    lockMode: "none",
    onConflict: "wait",
    foreignKey,
    clustRec: null,
    row: null,
  };
  return {
    reader: createReader(storage.context, prebuilt),
    writer: { storage, trx, allowDuplicates: false, ixLocked: [] },
    current() {
      assert(prebuilt.clustRec !== null, "a row has been read");
      return prebuilt.clustRec;
    },
    goOnIn(next) {
      prebuilt.trx = next;
    },
  };
}
