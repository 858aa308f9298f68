/** What the page can point at: the one selection and the one hover that every picture shares. */
import type {
  EventSeq,
  IndexId,
  LockId,
  MdlId,
  ReadViewId,
  RecId,
  RollPtr,
  SessionName,
  StatementId,
  TableId,
  TrxRef,
} from "../trace/ids.ts";

export type Ref =
  | { readonly kind: "session"; readonly id: SessionName }
  | { readonly kind: "statement"; readonly id: StatementId }
  | { readonly kind: "trx"; readonly id: TrxRef }
  | { readonly kind: "readView"; readonly id: ReadViewId }
  | { readonly kind: "table"; readonly id: TableId }
  | { readonly kind: "index"; readonly id: IndexId }
  | { readonly kind: "rec"; readonly id: RecId }
  /** `id` is the undo record whose `before` is this version; 0 is the version on the page. */
  | { readonly kind: "version"; readonly id: RollPtr; readonly rec: RecId }
  | { readonly kind: "lock"; readonly id: LockId }
  | { readonly kind: "mdl"; readonly id: MdlId }
  | { readonly kind: "event"; readonly id: EventSeq };

export function sameRef(a: Ref | null, b: Ref | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind !== b.kind || a.id !== b.id) return false;
  return a.kind !== "version" || b.kind !== "version" || a.rec === b.rec;
}
