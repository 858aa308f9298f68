/**
 * Locks as SHOW ENGINE INNODB STATUS prints them, with the records they lie on.
 *
 * InnoDB: lock0lock.cc: lock_rec_print, lock_table_print; rem0rec.cc: rec_print_new.
 */
import { intMapGet, intMapValues } from "../../base/int_map.ts";
import { utf8Bytes } from "../../base/utf8.ts";
import type { EngineDump } from "../../innodb/api.ts";
import { integerBytes } from "../../innodb/stored_bytes.ts";
import type { IndexState, RecLockState, RecState, TableLockState } from "../../trace/state.ts";
import { fieldBytes, fieldLine } from "./field_bytes.ts";

type LockState = RecLockState | TableLockState;

/** A table lock in one line, or a record lock struct with each record it holds. */
export function lockText(dump: EngineDump, lock: LockState, trxId: number): string {
  const schema = intMapGet(dump.tables, lock.table)?.schema ?? "";
  const table = `\`${schema}\`.\`${lock.tableName}\``;
  const waiting = lock.status === "waiting" ? " waiting" : "";
  if (!("rec" in lock)) {
    return `TABLE LOCK table ${table} trx id ${trxId} lock mode ${lock.mode.replace("_", "-")}${waiting}`;
  }
  const index = intMapGet(dump.indexes, lock.index);
  const head = `RECORD LOCKS space id ${lock.table} page no ${lock.page} n bits ${lock.nBits} index ${lock.indexName} of table ${table} trx id ${trxId} ${modeText(lock)}${waiting}`;
  const members = [...intMapValues(dump.recLocks)].filter((other) => other.struct === lock.struct);
  const records = (members.length === 0 ? [lock] : members)
    .toSorted((a, b) => a.heapNo - b.heapNo)
    .map((member) => recordText(dump, index, member));
  return [head, ...records].join("\n");
}

function modeText(lock: RecLockState): string {
  const shape = { ordinary: "", gap: " locks gap before rec", recNotGap: " locks rec but not gap" };
  const intention = lock.insertIntention ? " insert intention" : "";
  const mode = lock.mode === "S" ? "lock mode S" : "lock_mode X";
  return `${mode}${shape[lock.shape]}${intention}`;
}

function recordText(dump: EngineDump, index: IndexState | undefined, lock: RecLockState): string {
  const rec = intMapGet(dump.recs, lock.rec);
  const isSupremum = rec === undefined;
  const fields =
    isSupremum || index === undefined ? [utf8Bytes("supremum")] : fieldsOf(dump, index, rec);
  const bits = rec?.deleted === true ? 32 : 0;
  const head = `Record lock, heap no ${isSupremum ? 1 : lock.heapNo} PHYSICAL RECORD: n_fields ${fields.length}; compact format; info bits ${bits}`;
  return [head, ...fields.map((bytes, at) => fieldLine(at, bytes)), ""].join("\n");
}

/** The fields in the order in which the record holds them: key, DB_TRX_ID, DB_ROLL_PTR, the other columns. */
function fieldsOf(
  dump: EngineDump,
  index: IndexState,
  rec: RecState,
): (readonly number[] | null)[] {
  const columns = intMapGet(dump.tables, index.table)?.columns ?? [];
  const shown = (column: number, value: RecState["values"][number]) => {
    const type = columns[column]?.type;
    return type === undefined
      ? integerBytes(BigInt(rec.rowId ?? 0), 6, true)
      : fieldBytes(type, value);
  };
  if (!index.clustered)
    return index.fields.map((column, at) => shown(column, rec.values[at] ?? null));
  const rest = columns.map((_column, at) => at).filter((at) => !index.fields.includes(at));
  return [
    ...index.fields.map((column) => shown(column, rec.values[column] ?? null)),
    integerBytes(BigInt(rec.trxId), 6, true),
    integerBytes(BigInt(rec.rollPtr), 7, true),
    ...rest.map((column) => shown(column, rec.values[column] ?? null)),
  ];
}
