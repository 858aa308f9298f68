/**
 * The ground a picture lies on: pointing with mouse, finger and keyboard, and the sentence about what is pointed at.
 *
 * Everything that can be pointed at carries `data-ref`. One of them is in the tab order; arrow keys go to the
 * nearest in their direction, Enter or Space selects, Escape puts the sentence away.
 */
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { type Ref, refKey } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import { lateFunction } from "./late_function.ts";
import { ghostRule, litRule, type Pointing, refOfAttribute } from "./pointing.ts";
import { nearestInDirection } from "./spatial.ts";
import { Tooltip } from "./Tooltip.tsx";
import type { StageWords } from "./words.ts";

const useDescribe = lateFunction(async () => {
  const { describe } = await import("./sentences.ts");
  return describe;
});

/** What has something above it that is not to be covered: the record that is locked, the buttons of a walk. */
const BELOW: ReadonlySet<Ref["kind"]> = new Set(["lock", "version"]);

/** What has a place in the order of the arrow keys. */
const POINTABLE = "[data-ref][tabindex]";

interface Shown {
  readonly ref: Ref;
  /** Of an element that stands for several things, its name; what is said then. */
  readonly name: string | null;
  readonly box: DOMRect;
}

export function PictureArea(props: {
  readonly label: string;
  readonly pointing: Pointing;
  /** What is said is about them. */
  readonly state: State;
  readonly words: StageWords;
  readonly className?: string;
  readonly children: ReactNode;
}): ReactNode {
  const { pointing, state, words } = props;
  const scope = useId();
  const area = useRef<HTMLFieldSetElement>(null);
  const [shown, setShown] = useState<Shown | null>(null);

  const inTabOrder = useRef<SVGElement | null>(null);
  // With each drawing: what was in the tab order may be gone.
  useEffect(() => {
    inTabOrder.current = oneInTabOrder(area.current, inTabOrder.current);
  });
  useEffect(() => {
    if (shown === null) return;
    const hide = (): void => setShown(null);
    const hideIfMoved = ({ target }: Event): void => {
      // A log or a result that scrolls to its end by itself leaves this picture where it is.
      if (target instanceof Node && target.contains(area.current)) hide();
    };
    window.addEventListener("scroll", hideIfMoved, { capture: true, passive: true });
    window.addEventListener("pointerdown", hide, { capture: true, passive: true });
    return () => {
      window.removeEventListener("scroll", hideIfMoved, { capture: true });
      window.removeEventListener("pointerdown", hide, { capture: true });
    };
  }, [shown]);

  const show = (target: EventTarget): void => {
    const element = pointable(target);
    if (element === null) {
      setShown(null);
      return;
    }
    const keys = element.dataset.ref ?? "";
    const ref = refOfAttribute(keys);
    if (ref === null) return;
    const name = keys.includes(" ") ? nameOf(element) : null;
    setShown({ ref, name, box: element.getBoundingClientRect() });
    pointing.onPoint(ref);
  };
  const leave = (): void => {
    setShown(null);
    pointing.onPoint(null);
  };
  const select = (target: EventTarget): void => {
    const ref = refOfAttribute(pointable(target)?.dataset.ref ?? "");
    if (ref === null) return;
    pointing.onSelect(ref);
    show(target);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const element = pointable(event.target);
    // What is no picture answers Enter and Space as ever, and the arrows are the page's.
    if (element === null || !element.matches(POINTABLE)) return;
    if (event.key === "Enter" || event.key === " ") select(element);
    else if (event.key === "Escape" && shown !== null) setShown(null);
    else {
      const next = nearestInDirection(element, pointables(area.current), event.key);
      if (next === null) return;
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocus = (event: FocusEvent): void => {
    const element = pointable(event.target);
    if (element === null || !element.matches(":focus-visible")) return;
    element.setAttribute("aria-describedby", `${scope}-says`);
    show(element);
  };

  const describe = useDescribe(shown !== null);
  const sentences =
    shown === null
      ? []
      : shown.name === null
        ? (describe?.(state, shown.ref, words, pointing.ghosts) ?? [])
        : [shown.name];
  return (
    <fieldset
      ref={area}
      aria-label={props.label}
      className={`stage-area ${props.className ?? ""}`}
      data-scope={scope}
      onPointerOver={(event) => show(event.target)}
      // A finger leaves as it lifts: what it touched stays said until the next touch.
      onPointerLeave={(event) => event.pointerType !== "touch" && leave()}
      onFocus={onFocus}
      onBlur={leave}
      onClick={(event: MouseEvent) => select(event.target)}
      onKeyDown={onKeyDown}
    >
      <style>{litRule(scope, pointing.lit) + ghostRule(scope, pointing.ghosts)}</style>
      {props.children}
      {shown !== null && sentences.length > 0 && (
        <Tooltip
          key={refKey(shown.ref)}
          id={`${scope}-says`}
          at={shown.box}
          side={BELOW.has(shown.ref.kind) ? "below" : "above"}
          sentences={sentences}
        />
      )}
    </fieldset>
  );
}

function pointable(target: EventTarget): SVGElement | null {
  if (!(target instanceof Element)) return null;
  return target.closest<SVGElement>("[data-ref]");
}

function nameOf(element: Element): string {
  return element.getAttribute("aria-label") ?? element.textContent;
}

function pointables(area: Element | null): readonly SVGElement[] {
  return area === null ? [] : [...area.querySelectorAll<SVGElement>(POINTABLE)];
}

/** The element last focused is the one that Tab comes back to; at first, the first. What is drawn is in no tab order. */
function oneInTabOrder(area: Element | null, before: SVGElement | null): SVGElement | null {
  const { activeElement } = document;
  const focused =
    area?.contains(activeElement) && activeElement?.matches(POINTABLE)
      ? (activeElement as SVGElement)
      : null;
  const isThere = before !== null && area?.contains(before) && before.matches(POINTABLE);
  if (focused === null && isThere && before.tabIndex === 0) return before;
  const current = focused ?? area?.querySelector<SVGElement>(POINTABLE) ?? null;
  if (before !== null && before !== current) before.tabIndex = -1;
  if (current !== null && current.tabIndex !== 0) current.tabIndex = 0;
  return current;
}
