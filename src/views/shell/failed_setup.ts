/** What is said when a scenario could not be opened, in the page's language. */

import type { Language } from "../../store/preferences.ts";
import { readSetupFailure } from "../../trace/setup_failure.ts";
import { slipNote } from "../session/result_notes.ts";

/** Of a statement of the set-up that failed: which, why, and what is likely wrong with it. */
export function failureText(message: string, language: Language): string {
  const failure = readSetupFailure(message);
  if (failure === null) return message;
  const { sql, reason } = failure;
  const slip = slipNote(sql, language);
  const said =
    language === "zh"
      ? `建表语句出错：${sql}\n${reason}`
      : `This statement of the set-up failed: ${sql}\n${reason}`;
  return slip === null ? said : `${said}\n${slip}`;
}
