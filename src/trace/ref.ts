/**
 * Anything a person can point at. The page's one selection and one hover are a `Ref`; every picture and table
 * highlights the same one, because all of them name things by the ids of the trace.
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

/** A thing of the state that can be pointed at, selected and linked. */
export type Ref =
  | { readonly kind: "session"; readonly id: SessionName }
  | { readonly kind: "statement"; readonly id: StatementId }
  | { readonly kind: "trx"; readonly id: TrxRef }
  | { readonly kind: "readView"; readonly id: ReadViewId }
  | { readonly kind: "table"; readonly id: TableId }
  | { readonly kind: "index"; readonly id: IndexId }
  | { readonly kind: "rec"; readonly id: RecId }
  /** The gap before this record or supremum. */
  | { readonly kind: "gap"; readonly id: RecId }
  /** `id` is the undo record whose `before` is this version; 0 is the version on the page. */
  | { readonly kind: "version"; readonly id: RollPtr; readonly rec: RecId }
  | { readonly kind: "lock"; readonly id: LockId }
  | { readonly kind: "mdl"; readonly id: MdlId }
  | { readonly kind: "event"; readonly id: EventSeq };

/** Nothing is the same as nothing. */
export function sameRef(a: Ref | null, b: Ref | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind !== b.kind || a.id !== b.id) return false;
  return a.kind !== "version" || b.kind !== "version" || a.rec === b.rec;
}

/** Equal text for equal refs: a key of maps, elements and sets. */
export function refKey(ref: Ref): string {
  return ref.kind === "version" ? `version:${ref.rec}:${ref.id}` : `${ref.kind}:${ref.id}`;
}
