/** The user variables that a statement assigns to with `:=`: reading them is then not constant. */
import type { StatementFacts } from "../../sql/parser.ts";

const NONE: ReadonlySet<string> = new Set();

export function assignedVariables(node: unknown, facts: StatementFacts): ReadonlySet<string> {
  if (facts.assignments === 0) return NONE;
  const names = new Set<string>();
  collect(node, names);
  return names;
}

function collect(node: unknown, names: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  if (
    "kind" in node &&
    node.kind === "userVariableAssignment" &&
    "name" in node &&
    typeof node.name === "string"
  ) {
    names.add(node.name.toLowerCase());
  }
  if (Array.isArray(node)) {
    for (const part of node) collect(part, names);
    return;
  }
  for (const key in node) if (key !== "span") collect(node[key as keyof typeof node], names);
}
