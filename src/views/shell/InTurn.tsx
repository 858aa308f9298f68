/** What is inside is drawn in a turn of its own behind the picture that leads (`store/calm_page.ts`). */
import type { ReactNode } from "react";
import { calmPages } from "../../store/calm_page.ts";
import { Turn } from "../../store/hooks.ts";

export const TURN_OF_TIMELINE = 1;
/** Of the first panel of the stage; the others follow, and the last turn is for all that are left. */
export const TURN_OF_PANELS = 2;

export function InTurn(props: { readonly turn: number; readonly children: ReactNode }): ReactNode {
  const page = calmPages[props.turn] ?? calmPages.at(-1);
  if (page === undefined) return props.children;
  return <Turn.Provider value={page}>{props.children}</Turn.Provider>;
}
