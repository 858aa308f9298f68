/**
 * A button that takes itself away, or is switched off, by what it does (hide this panel, disconnect, the last event)
 * takes the focus with it, and whoever works by keyboard begins at the top of the page again. Here the focus goes to
 * what stands nearest to where it was. And what is typed into stays in sight when a phone's keyboard takes half the window.
 */
import { useEffect } from "react";
import { GUIDE, GUIDE_ANSWER } from "./input_places.ts";

const TABBABLE =
  'button:not(:disabled), a[href], input:not(:disabled), textarea:not(:disabled), select:not(:disabled), [tabindex="0"]';
/** In a lesson, what goes on with it: its question, or the button that runs or turns the page. */
const GOES_ON = `:is(${GUIDE_ANSWER}, .guide-turning .button-primary):enabled, a.button-primary`;
const TYPED_INTO = 'textarea, input, [role="textbox"]';
/** What a press does is on the screen some frames later; what it asks of the server, a little after that. */
const LOOKS_AFTER_MS = [60, 300, 1_000] as const;

export function useFocusKept(): void {
  useEffect(() => {
    /** What had the focus last, and all that it stands in, from the inside. */
    let chain: readonly Element[] = [];
    const onFocus = (event: FocusEvent): void => {
      if (event.target instanceof Element) chain = ancestorsOf(event.target);
    };
    const look = (isLast: boolean): void => {
      const [last, ...around] = chain;
      if (last === undefined || document.activeElement !== document.body) return;
      if (last.isConnected && !last.matches(":disabled")) return;
      const guide = around.find((element) => element.matches(GUIDE)) ?? null;
      const goesOn = guide?.querySelector<HTMLElement>(GOES_ON) ?? null;
      // While the guide is at work nothing in it can be pressed.
      if (guide !== null && goesOn === null && !isLast) return;
      const next = goesOn ?? around.map(firstTabbable).find((element) => element !== null);
      chain = [];
      next?.focus({ preventScroll: true });
    };
    const onPress = (): void => {
      for (const ms of LOOKS_AFTER_MS) setTimeout(look, ms, ms === LOOKS_AFTER_MS.at(-1));
    };
    const onResize = (): void => {
      const { activeElement } = document;
      if (activeElement?.matches(TYPED_INTO)) activeElement.scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("focusin", onFocus);
    document.addEventListener("click", onPress);
    window.addEventListener("resize", onResize);
    return () => {
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("click", onPress);
      window.removeEventListener("resize", onResize);
    };
  }, []);
}

function ancestorsOf(element: Element): readonly Element[] {
  const chain: Element[] = [];
  for (let at: Element | null = element; at !== null; at = at.parentElement) chain.push(at);
  return chain;
}

/** Null in what is no longer on the page. */
function firstTabbable(place: Element): HTMLElement | null {
  if (!place.isConnected) return null;
  for (const element of place.querySelectorAll<HTMLElement>(TABBABLE)) {
    if (element.checkVisibility()) return element;
  }
  return null;
}
