/** A cursor on a table for one statement: what reads move and writes use. */
import { assert } from "../base/assert.ts";
import type { ForeignKeyCheck } from "../trace/events.ts";
import { clusteredIndex } from "./dictionary.ts";
import type { Prebuilt } from "./prebuilt.ts";
import { createReader } from "./search/reader.ts";
import type { Storage } from "./storage.ts";
import type { Rec, Table, TrxImpl } from "./types.ts";
import type { Writer } from "./write/writer.ts";

/** No list that something is put into: `withOne` makes another. */
const NO_TABLES: Table[] = [];

/** Reads and writes of one table by one transaction; without a handler, where foreign keys are checked. */
export class TableCursor {
  readonly reader: ReturnType<typeof createReader>;
  readonly writer: Writer;
  readonly #prebuilt: Prebuilt;

  /** On the clustered index; reads lock nothing until they are told to. */
  constructor(
    storage: Storage,
    trx: TrxImpl,
    table: Table,
    foreignKey: ForeignKeyCheck | null = null,
  ) {
    this.#prebuilt = {
      trx,
      table,
      index: clusteredIndex(table),
      lockMode: "none",
      onConflict: "wait",
      foreignKey,
      clustRec: null,
      row: null,
    };
    this.reader = createReader(storage.context, this.#prebuilt);
    this.writer = { storage, trx, allowDuplicates: false, ixLocked: NO_TABLES };
  }

  /** The clustered record of the row last read. */
  current(): Rec {
    const { clustRec } = this.#prebuilt;
    assert(clustRec !== null, "a row has been read");
    return clustRec;
  }

  /** It reads in another transaction from now on. */
  goOnIn(trx: TrxImpl): void {
    this.#prebuilt.trx = trx;
  }

  /** As if it were new: another statement uses it. */
  beginAnew(trx: TrxImpl): void {
    const prebuilt = this.#prebuilt;
    prebuilt.trx = trx;
    prebuilt.index = clusteredIndex(prebuilt.table);
    prebuilt.lockMode = "none";
    prebuilt.onConflict = "wait";
    prebuilt.clustRec = null;
    prebuilt.row = null;
    this.reader.beginAnew();
    const { writer } = this;
    writer.trx = trx;
    writer.allowDuplicates = false;
    writer.ixLocked = NO_TABLES;
  }
}
