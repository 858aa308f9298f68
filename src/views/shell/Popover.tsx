/**
 * A button with a sheet under it, by the browser's own popover: light dismissal, Escape and the top layer come with
 * it. The sheet is placed when it opens; its first control gets the focus, and the arrow keys go through its buttons.
 */
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type ToggleEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";

export function Popover(props: {
  readonly label: string;
  readonly button: ReactNode;
  readonly buttonClass?: string;
  readonly disabled?: boolean;
  /** `close` is for a choice that has been made. */
  readonly children: (close: () => void) => ReactNode;
}): ReactNode {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const sheet = useRef<HTMLElement>(null);
  const [place, setPlace] = useState<CSSProperties>({});
  const [isOpen, setOpen] = useState(false);

  const onToggle = (event: ToggleEvent<HTMLElement>): void => {
    setOpen(event.newState === "open");
  };
  useEffect(() => {
    if (isOpen)
      sheet.current?.querySelector<HTMLElement>("button, input, select, textarea")?.focus();
  }, [isOpen]);
  const onBeforeToggle = (event: ToggleEvent<HTMLElement>): void => {
    if (event.newState !== "open" || button.current === null) return;
    setPlace(placeUnder(button.current.getBoundingClientRect()));
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={props.buttonClass ?? "button"}
        aria-label={props.label}
        aria-expanded={isOpen}
        title={props.label}
        disabled={props.disabled}
        popoverTarget={id}
      >
        {props.button}
      </button>
      <section
        ref={sheet}
        id={id}
        popover="auto"
        className="popover"
        style={place}
        aria-label={props.label}
        onToggle={onToggle}
        onBeforeToggle={onBeforeToggle}
        onKeyDown={moveByArrow}
      >
        {isOpen && props.children(() => sheet.current?.hidePopover())}
      </section>
    </>
  );
}

/** Up and down between the buttons of the sheet, round its ends; what takes text keeps its own keys. */
function moveByArrow(event: KeyboardEvent<HTMLElement>): void {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const { activeElement } = document;
  if (way === undefined || !(activeElement instanceof HTMLButtonElement)) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button:enabled")];
  const at = buttons.indexOf(activeElement);
  if (at < 0) return;
  event.preventDefault();
  event.stopPropagation();
  buttons.at((at + way) % buttons.length)?.focus();
}

/** The sheet keeps to that edge of its button which leaves it more room. */
function placeUnder(button: DOMRect): CSSProperties {
  const gap = 4;
  const below = window.innerHeight - button.bottom;
  const behind = window.innerWidth - button.right;
  const across = button.left <= behind ? { left: button.left } : { right: behind };
  const isRoomBelow = below > 240 || below > button.top;
  return isRoomBelow
    ? { ...across, top: button.bottom + gap, maxHeight: below - 3 * gap }
    : { ...across, bottom: window.innerHeight - button.top + gap, maxHeight: button.top - 3 * gap };
}
