/** Words that name a thing: pointing lights it in the pictures, pressing selects it and brings its panel into sight. */
import type { ReactNode } from "react";
import { type Pointer, refOf } from "../../lessons/format/pointer.ts";
import { guideStore } from "../../store/guide_store.ts";
import { usePage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import { sameRef } from "../../trace/ref.ts";
import { bringIntoSight, panelOf } from "./pointer_element.ts";

export function PointerButton(props: {
  readonly pointer: Pointer;
  readonly className?: string;
  readonly children: ReactNode;
}): ReactNode {
  const { pointer } = props;
  const point = usePage((page) => page.point);
  const light = () => point(refOf(pointer, pageStore.getState().stateAtCursor));
  return (
    <button
      type="button"
      className={`text-button ${props.className ?? "guide-pointer"}`}
      onPointerEnter={light}
      onPointerLeave={() => point(null)}
      onFocus={light}
      onBlur={() => point(null)}
      onClick={() => {
        showPointer(pointer);
        bringIntoSight(pointer);
      }}
    >
      {props.children}
    </button>
  );
}

/** Selects the thing, if it is one of the trace's, and asks for the panel that draws it. */
export function showPointer(pointer: Pointer): void {
  const { stateAtCursor, selection, select } = pageStore.getState();
  const ref = refOf(pointer, stateAtCursor);
  if (ref !== null && !sameRef(selection, ref)) select(ref);
  guideStore.getState().askFor(panelOf(pointer));
}
