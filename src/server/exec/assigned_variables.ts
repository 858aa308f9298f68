/** The user variables that a statement assigns to with `:=`: reading them is then not constant. */

export function assignedVariables(node: unknown): ReadonlySet<string> {
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
  for (const value of Array.isArray(node) ? node : Object.values(node)) collect(value, names);
}
