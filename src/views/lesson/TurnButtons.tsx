/** From part to part of a guided lesson: back from the second on, forth once the part was played. */
import type { ReactNode } from "react";
import { turnTo } from "../../store/guide_commands.ts";
import { useLanguage } from "../../store/hooks.ts";
import { lessonWords } from "./words.ts";

interface Turning {
  /** The part that is open, from 0. */
  readonly part: number;
  /** The server is at work. */
  readonly isBusy: boolean;
}

export function PreviousButton({ part, isBusy }: Turning): ReactNode {
  const words = lessonWords(useLanguage());
  return (
    <button
      type="button"
      className="button"
      disabled={part === 0 || isBusy}
      onClick={() => void turnTo(part - 1)}
    >
      {words.previous}
    </button>
  );
}

export function NextButton(props: Turning & { readonly isAfter: boolean }): ReactNode {
  const { part, isBusy, isAfter } = props;
  const words = lessonWords(useLanguage());
  return (
    <button
      type="button"
      className={`button ${isAfter ? "button-primary" : ""}`}
      disabled={!isAfter || isBusy}
      onClick={() => void turnTo(part + 1)}
    >
      {words.next}
    </button>
  );
}
