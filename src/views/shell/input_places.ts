/** Where a person answers or types: the guide's question or its next button, then the editor of each session. */

export const GUIDE = ".guide";
export const GUIDE_ANSWER = ".guide-choice input, .guide-body .button-primary";
const CARD = ".session-card";
const EDITOR = 'textarea, [role="textbox"]';

/** The editor's own text field, whichever editor is there. */
export function focusEditor(session: string): void {
  document
    .querySelector(`${CARD}[data-session="${session}"]`)
    ?.querySelector<HTMLElement>(EDITOR)
    ?.focus();
}

/** The next one behind that which has the focus, round and round. */
export function focusNextInput(direction: 1 | -1): void {
  const places = [...document.querySelectorAll(`${GUIDE}, ${CARD}`)].flatMap((place) => {
    const input = place.querySelector<HTMLElement>(place.matches(GUIDE) ? GUIDE_ANSWER : EDITOR);
    return input === null ? [] : [{ place, input }];
  });
  const at = places.findIndex(({ place }) => place.contains(document.activeElement));
  const next = at < 0 && direction < 0 ? places.length - 1 : at + direction;
  places[(next + places.length) % places.length]?.input.focus();
}
