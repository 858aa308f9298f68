/** Copies a text; says so for a moment. */
import { type ReactNode, useState } from "react";
import { useText } from "../text/use_text.ts";
import { CopyIcon } from "./Icons.tsx";

const SAY_MS = 1500;

export function CopyButton(props: {
  readonly text: () => string;
  readonly label: string;
  readonly className?: string;
}): ReactNode {
  const text = useText();
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(props.text());
    setCopied(true);
    setTimeout(() => setCopied(false), SAY_MS);
  };
  return (
    <button
      type="button"
      className={`button button-icon ${props.className ?? ""}`}
      aria-label={isCopied ? text.session.copied : props.label}
      title={isCopied ? text.session.copied : props.label}
      data-copied={isCopied}
      onClick={copy}
    >
      <CopyIcon />
    </button>
  );
}
