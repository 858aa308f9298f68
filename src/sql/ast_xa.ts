/** XA statements. */
import type { Node } from "./ast.ts";

/** What one server calls its part of a distributed transaction: text of at most 64 bytes twice, and a number. */
export interface Xid {
  readonly gtrid: string;
  readonly bqual: string;
  readonly formatId: number;
}

export interface Xa extends Node {
  readonly kind: "xa";
  readonly action: "start" | "end" | "prepare" | "commit" | "rollback";
  readonly xid: Xid;
  /** What START and END say behind the name, and COMMIT's ONE PHASE. */
  readonly option: "join" | "resume" | "suspend" | "onePhase" | null;
}

export interface XaRecover extends Node {
  readonly kind: "xaRecover";
  /** CONVERT XID: the data in hexadecimal digits. */
  readonly convert: boolean;
}
