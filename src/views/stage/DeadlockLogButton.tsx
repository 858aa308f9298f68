/** Leads to the deadlock as the server prints it. */
import type { ReactNode } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { deadlockWords } from "./words_deadlock.ts";

export function DeadlockLogButton(): ReactNode {
  const words = deadlockWords(useLanguage());
  const openSheet = usePage((page) => page.openSheet);
  return (
    <button
      type="button"
      className="stage-button"
      onClick={(press) => {
        press.stopPropagation();
        openSheet("deadlockLog");
      }}
    >
      {words.log}
    </button>
  );
}
