/** Pointing at something outside the pictures, so that it lights up in them; and whether it is lit from there. */
import { useMemo } from "react";
import { relatedKeys } from "../../diagrams/related.ts";
import { usePage, usePoint } from "../../store/hooks.ts";
import type { SessionName, StatementId } from "../../trace/ids.ts";
import { type Ref, refKey, sameRef } from "../../trace/ref.ts";

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
  const ref = usePage((page) => page.hover ?? page.selection);
  const state = usePage((page) => page.stateAtCursor);
  const key = refKey({ kind: "session", id: name });
  return useMemo(() => relatedKeys(state, ref).has(key), [state, ref, key]);
}

export function useIsStatementLit(id: StatementId): boolean {
  return usePage((page) => sameRef(page.hover, { kind: "statement", id }));
}
