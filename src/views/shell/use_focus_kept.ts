/**
 * A button that takes itself away, or is switched off, by what it does (hide this panel, disconnect, the last event)
 * takes the focus with it, and whoever works by keyboard begins at the top of the page again. Here the focus goes to
 * what stands nearest to where it was: the same button where it was drawn anew, what stood beside what has gone. And what is
 * typed into stays in sight when a phone's keyboard takes half the window.
 */
import { useEffect } from "react";
import { pageStore } from "../../store/page_store.ts";
import { GUIDE, GUIDE_ANSWER } from "./input_places.ts";

const TABBABLE =
  'button:not(:disabled), a[href], input:not(:disabled), textarea:not(:disabled), select:not(:disabled), [tabindex="0"]';
/** In a lesson, what goes on with it: its question, or the button that runs or turns the page. */
const GOES_ON = `:is(${GUIDE_ANSWER}, .guide-turning .button-primary):enabled, a.button-primary`;
const TYPED_INTO = 'textarea, input, [role="textbox"]';
/** What a press does is on the screen some frames later; what it asks of the server, a little after that. */
const FIRST_LOOK_MS = 60;
const LOOK_MS = 250;
/** So many looks in a row must find the server at rest: between the steps of a lesson's part it rests for a moment too. */
const LOOKS_AT_REST = 4;

/** Something that the focus stood in, and what was beside it. */
interface Place {
  readonly element: Element;
  readonly beside: readonly (Element | null)[];
}

export function useFocusKept(): void {
  useEffect(() => {
    /** What had the focus last, and all that it stands in, from the inside; nothing where the focus was let go on purpose. */
    let chain: readonly Place[] = [];
    /** The same before the focus went into a dialog. */
    let outside: readonly Place[] = [];
    let rests = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onFocus = (event: FocusEvent): void => {
      if (!(event.target instanceof Element)) return;
      if (event.target.closest("dialog") !== null && dialogOf(chain) === null) outside = chain;
      chain = placesOf(event.target);
    };
    const onPointer = (event: PointerEvent): void => {
      // What is pressed takes the focus, or has it; what cannot have it leaves it nowhere.
      if (event.target instanceof Node && !chain[0]?.element.contains(event.target)) chain = [];
    };
    const keep = (isLast: boolean): void => {
      if (document.activeElement !== document.body) return;
      if (dialogOf(chain)?.checkVisibility() === false) chain = outside;
      whereTo(chain, isLast)?.focus({ preventScroll: true });
    };
    const look = (): void => {
      rests = pageStore.getState().phase === "ready" ? rests + 1 : 0;
      keep(rests >= LOOKS_AT_REST);
      if (rests < LOOKS_AT_REST) timer = setTimeout(look, LOOK_MS);
    };
    const onPress = (): void => {
      clearTimeout(timer);
      rests = 0;
      timer = setTimeout(look, FIRST_LOOK_MS);
    };
    const onResize = (): void => {
      const { activeElement } = document;
      if (activeElement?.matches(TYPED_INTO)) activeElement.scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("focusin", onFocus);
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("click", onPress);
    window.addEventListener("resize", onResize);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("click", onPress);
      window.removeEventListener("resize", onResize);
    };
  }, []);
}

/** What takes the focus that nothing has any more; null: nothing for now. */
function whereTo(chain: readonly Place[], isLast: boolean): HTMLElement | SVGElement | null {
  const [first, ...around] = chain;
  if (first === undefined) return null;
  const last = anew(first.element);
  // It was switched off for a moment only, while the server was at work.
  if (isThere(last) && !last.matches(":disabled")) return last;
  const guide = around.find(({ element }) => element.matches(GUIDE))?.element ?? null;
  const goesOn = guide?.querySelector<HTMLElement>(GOES_ON) ?? null;
  // While the guide is at work nothing in it can be pressed.
  if (guide !== null && goesOn === null && !isLast) return null;
  return goesOn ?? around.map(nearestTabbable).find((element) => element !== null) ?? null;
}

function placesOf(element: Element): readonly Place[] {
  const chain: Place[] = [];
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    chain.push({ element: at, beside: [at.nextElementSibling, at.previousElementSibling] });
  }
  return chain;
}

function dialogOf([first]: readonly Place[]): Element | null {
  return first?.element.closest("dialog") ?? null;
}

/** The same thing where it was drawn again elsewhere, as a panel's buttons when it gets all the room. */
function anew(element: Element): Element {
  return (element.id === "" ? null : document.getElementById(element.id)) ?? element;
}

/** In the place; where it is gone, in what stood beside it. */
function nearestTabbable({ element, beside }: Place): HTMLElement | null {
  if (element.isConnected) return firstTabbable(element);
  return beside.map((one) => one && firstTabbable(one)).find((one) => one !== null) ?? null;
}

function isThere(element: Element): element is HTMLElement | SVGElement {
  const takesFocus = element instanceof HTMLElement || element instanceof SVGElement;
  return takesFocus && element.checkVisibility();
}

/** Null in what is no longer on the page. */
function firstTabbable(place: Element): HTMLElement | null {
  if (!place.isConnected) return null;
  for (const element of place.querySelectorAll<HTMLElement>(TABBABLE)) {
    if (element.checkVisibility()) return element;
  }
  return null;
}
