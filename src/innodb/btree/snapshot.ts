/** Records, pages and indexes as the trace shows them: copies that do not change any more. */
import { intMapFrom } from "../../base/int_map.ts";
import type { IndexState, PageState, RecState, RecVersion } from "../../trace/state.ts";
import type { Value } from "../../trace/values.ts";
import type { Datum, Row } from "../api.ts";
import { toValue } from "../datum.ts";
import { opaqueKeyText, recKeyText } from "../key_text.ts";
import type { Index, Page, Rec, Table } from "../types.ts";
import { leavesOf } from "./cursor.ts";

export function recState(rec: Rec): RecState {
  const { index } = rec.page;
  const key = recKeyText(rec);
  return {
    id: rec.id,
    index: index.id,
    page: rec.page.no,
    heapNo: rec.heapNo,
    deleted: rec.deleted,
    key,
    lockData: opaqueKeyText(index, rec.key, key),
    values: rec.row === null ? keyValues(index, rec.key) : rowValues(index.table, rec.row),
    trxId: rec.trxId,
    rollPtr: rec.rollPtr,
    rowId: rec.rowId,
  };
}

/** A row in column order. */
export function rowValues(table: Table, row: Row): Value[] {
  const { columns } = table.def;
  return row.map((datum, at) => toValue((columns[at] as (typeof columns)[number]).type, datum));
}

/** One version of a row, as the trace shows it. */
export function recVersion(
  table: Table,
  version: { row: Row; trxId: Rec["trxId"]; rollPtr: Rec["rollPtr"]; deleted: boolean },
): RecVersion {
  return {
    trxId: version.trxId,
    rollPtr: version.rollPtr,
    deleted: version.deleted,
    values: rowValues(table, version.row),
  };
}

export function pageState(page: Page): PageState {
  return {
    no: page.no,
    level: page.level,
    infimum: page.infimum.id,
    supremum: page.supremum.id,
    recs: page.recs.map((rec) => rec.id),
    children: page.children.map((child) => child.no),
    maxTrxId: page.maxTrxId,
  };
}

/** All but the pages. */
export function indexHead(index: Index): Omit<IndexState, "pages"> {
  return {
    id: index.id,
    table: index.table.id,
    tableName: index.table.def.name,
    name: index.name,
    clustered: index.clustered,
    unique: index.unique,
    fields: index.fields.map((field) => field.column),
    declaredFields: index.declaredFields,
    root: index.root.no,
    leaves: leavesOf(index).map((page) => page.no),
  };
}

export function indexState(index: Index): IndexState {
  return {
    ...indexHead(index),
    pages: intMapFrom([...index.pages.values()].map((page) => [page.no, pageState(page)] as const)),
  };
}

function keyValues(index: Index, key: readonly Datum[]): Value[] {
  const values: Value[] = [];
  for (let i = 0; i < index.fields.length; i += 1) {
    values.push(toValue((index.fields[i] as Index["fields"][number]).type, key[i] as Datum));
  }
  return values;
}
