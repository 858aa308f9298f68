/**
 * A modal sheet, by the browser's own dialog element: focus is kept inside and given back, Escape closes it. The focus
 * begins where something is to be filled in or chosen, if there is such a place, else on the button that goes on.
 */
import { type ReactNode, useEffect, useId, useRef } from "react";
import { CloseIcon } from "./Icons.tsx";

const FIELD = "textarea, input, select";
const GOES_ON = ".button-primary:enabled";

export function Dialog(props: {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  /** For what needs the width of the page. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
    const all = dialog.current?.querySelectorAll<HTMLElement>(FIELD) ?? [];
    const field = [...all].find((one) => one.checkVisibility());
    (field ?? dialog.current?.querySelector<HTMLElement>(GOES_ON))?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      data-wide={props.isWide}
      aria-labelledby={id}
      onClose={props.onClose}
    >
      <div className="dialog-header">
        <h2 id={id}>{props.title}</h2>
        <button
          type="button"
          className="button button-icon"
          aria-label={props.closeLabel}
          title={props.closeLabel}
          onClick={() => dialog.current?.close()}
        >
          <CloseIcon />
        </button>
      </div>
      {props.children}
    </dialog>
  );
}
