/**
 * Anything a person can point at. Hover and selection hold a `Target`; every picture and table highlights the
 * same one, because all of them name things by the ids of the trace.
 */
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
} from "./ids.ts";

export type Target =
  | { readonly kind: "session"; readonly session: SessionName }
  | { readonly kind: "statement"; readonly id: StatementId }
  | { readonly kind: "event"; readonly seq: EventSeq }
  | { readonly kind: "trx"; readonly ref: TrxRef }
  | { readonly kind: "readView"; readonly id: ReadViewId }
  | { readonly kind: "table"; readonly id: TableId }
  | { readonly kind: "index"; readonly id: IndexId }
  | { readonly kind: "rec"; readonly id: RecId }
  /** The gap before a record or a page's supremum. */
  | { readonly kind: "gap"; readonly before: RecId }
  /** A version of a clustered record, named by its own DB_ROLL_PTR. */
  | { readonly kind: "version"; readonly rec: RecId; readonly rollPtr: RollPtr }
  /** A record or table lock of InnoDB. */
  | { readonly kind: "lock"; readonly id: LockId }
  | { readonly kind: "mdl"; readonly id: MdlId };

/** Equal text for equal targets, fit for a key or a set. */
export function targetKey(target: Target): string {
  switch (target.kind) {
    case "session":
      return `session:${target.session}`;
    case "event":
      return `event:${target.seq}`;
    case "trx":
      return `trx:${target.ref}`;
    case "gap":
      return `gap:${target.before}`;
    case "version":
      return `version:${target.rec}:${target.rollPtr}`;
    default:
      return `${target.kind}:${target.id}`;
  }
}
