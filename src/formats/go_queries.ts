/**
 * Transaction tests of go-mysql-server and Dolt: Go source whose queries begin with a client's name in a comment. Read are
 * `Name`, `SetUpScript` and `Query`, wherever they stand; what is expected is not.
 */
import { ScenarioBuilder } from "./builder.ts";
import { type ImportResult, SCENARIOS_MAX } from "./imported.ts";
import { labelIn } from "./labels.ts";

const STRING = '"(?:[^"\\\\\\n]|\\\\.)*"|`[^`]*`';
const FIELD = new RegExp(
  `\\b(Name|Query|SetUpScript)\\s*:\\s*(\\[\\]string\\s*\\{|${STRING})`,
  "g",
);

export function readGoQueries(text: string, name: string): ImportResult {
  const format = "goQueries";
  const builders: ScenarioBuilder[] = [];
  const lineAt = lineCounter(text);
  let open: ScenarioBuilder | null = null;
  const current = (title: string): ScenarioBuilder => {
    open = new ScenarioBuilder(title, text);
    builders.push(open);
    return open;
  };
  for (const found of text.matchAll(FIELD)) {
    const [whole, field, value = ""] = found;
    const line = lineAt(found.index);
    if (field === "Name") current(unquoted(value));
    else if (field === "SetUpScript") {
      const builder = open ?? current(name);
      const from = found.index + whole.length;
      const list = text.slice(from, endOfList(text, from));
      for (const one of list.matchAll(new RegExp(STRING, "g"))) {
        builder.setUp(unquoted(one[0]), lineAt(from + one.index));
      }
    } else {
      const sql = unquoted(value);
      const client = /^\s*\/\*\s*([^*]*?)\s*\*\/\s*/.exec(sql);
      const label = client === null ? null : labelIn(client[1] ?? "");
      const builder = open ?? current(name);
      if (label === null) builder.remark(line, "noSession", sql);
      else builder.run(label, sql.slice(client?.[0].length ?? 0), line);
    }
  }
  const id = name.replace(/[^\w-]+/g, "-");
  const scenarios = builders
    .filter((builder) => !builder.isEmpty)
    .slice(0, SCENARIOS_MAX)
    .map((builder, at) => builder.finish(`${id}-${at + 1}`))
    .filter(({ scenario }) => scenario.steps.length > 0);
  return scenarios.length === 0
    ? { kind: "empty", format }
    : { kind: "imported", format, scenarios };
}

function unquoted(literal: string): string {
  if (literal.startsWith("`")) return literal.slice(1, -1);
  return literal.slice(1, -1).replace(/\\(.)/g, (_all, one: string) => {
    if (one === "n") return "\n";
    return one === "t" ? "\t" : one;
  });
}

function endOfList(text: string, from: number): number {
  const end = /\n\s*\}/.exec(text.slice(from));
  return end === null ? text.length : from + end.index;
}

/** Asked for ascending places only. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let counted = 0;
  return (at) => {
    for (
      let next = text.indexOf("\n", counted);
      next >= 0 && next < at;
      next = text.indexOf("\n", next + 1)
    ) {
      line += 1;
      counted = next + 1;
    }
    return line;
  };
}
