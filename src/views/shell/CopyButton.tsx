/** Copies a text; says so for a moment. */
import { type ReactNode, useState } from "react";
import { useText } from "../text/use_text.ts";
import { CopyIcon } from "./Icons.tsx";

const SAY_MS = 1500;

export function CopyButton(props: {
  readonly text: () => string;
  readonly label: string;
  readonly className?: string;
  /** Its name stands beside the picture. */
  readonly isNamed?: boolean;
}): ReactNode {
  const text = useText();
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(props.text());
    setCopied(true);
    setTimeout(() => setCopied(false), SAY_MS);
  };
  const name = isCopied ? text.session.copied : props.label;
  return (
    <button
      type="button"
      className={`button ${props.isNamed ? "" : "button-icon"} ${props.className ?? ""}`}
      aria-label={name}
      title={name}
      data-copied={isCopied}
      onClick={copy}
    >
      <CopyIcon />
      {props.isNamed && name}
    </button>
  );
}
