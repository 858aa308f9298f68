/** Pointing at something outside the pictures, so that it lights up in them; and whether it is lit from there. */
import { usePoint } from "../../store/hooks.ts";
import type { SessionName, StatementId } from "../../trace/ids.ts";
import { type Ref, refKey } from "../../trace/ref.ts";
import { useLit } from "../stage/use_lit.ts";

export interface PointingHandlers {
  readonly onPointerEnter: () => void;
  readonly onPointerLeave: () => void;
}

export function usePointing(ref: Ref): PointingHandlers {
  const point = usePoint();
  return { onPointerEnter: () => point(ref), onPointerLeave: () => point(null) };
}

/** What is pointed at, or else selected, belongs to this session. */
export function useIsSessionLit(name: SessionName): boolean {
  return useLit().has(refKey({ kind: "session", id: name }));
}

/** It is pointed at, or it brought about what is pointed at. */
export function useIsStatementLit(id: StatementId): boolean {
  return useLit().has(refKey({ kind: "statement", id }));
}
