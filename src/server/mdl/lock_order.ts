/** The order in which a statement's metadata locks are asked for (MySQL: MDL_request_cmp). */
import type { MdlNamespace } from "../../trace/state.ts";
import type { MdlRequest } from "./locks.ts";

const NAMESPACE_ORDER: readonly MdlNamespace[] = [
  "GLOBAL",
  "BACKUP LOCK",
  "SCHEMA",
  "TABLE",
  "FUNCTION",
  "PROCEDURE",
  "TRIGGER",
  "COMMIT",
  "USER LEVEL LOCK",
  "FOREIGN KEY",
  "CHECK CONSTRAINT",
];

export function inLockOrder(requests: readonly MdlRequest[]): MdlRequest[] {
  return [...requests].sort(
    (a, b) =>
      NAMESPACE_ORDER.indexOf(a.key.namespace) - NAMESPACE_ORDER.indexOf(b.key.namespace) ||
      compare(a.key.schema ?? "", b.key.schema ?? "") ||
      compare(a.key.name ?? "", b.key.name ?? ""),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
