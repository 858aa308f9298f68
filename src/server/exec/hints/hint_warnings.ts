/** The warnings of optimizer hints. */
import type { Warning } from "../../context.ts";

const TEMPLATES = {
  timeLimit: [
    3125,
    "MAX_EXECUTION_TIME hint is supported by top-level standalone SELECT statements only",
  ],
  conflict: [3126, "Hint %s is ignored as conflicting/duplicated"],
  unknownBlock: [3127, "Query block name %s is not found for %s hint"],
  unresolved: [3128, "Unresolved name %s for %s hint"],
  invalid: [3614, "Invalid number of arguments for hint %s"],
  fixedVariable: [3637, "Variable '%s' cannot be set using SET_VAR hint."],
  noGroup: [3651, "Resource Group '%s' does not exist."],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export function hintWarning(name: keyof typeof TEMPLATES, ...args: readonly string[]): Warning {
  const [errno, template] = TEMPLATES[name];
  let at = 0;
  const message = template.replace(/%s/g, () => args[at++] ?? "");
  return { level: "Warning", errno, message };
}
