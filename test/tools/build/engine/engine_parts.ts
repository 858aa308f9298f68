/**
 * Which code of the simulated server is loaded when. A first view needs the core: what runs for the examples and for the
 * common lessons. The rest is cut by where it stands in the sources; of each part, what any lesson uses is a script apart
 * from what none does.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseLesson } from "../../../../src/lessons/format/parse_lesson.ts";
import { LESSONS } from "../../../../src/lessons/lessons.ts";
import type { Scenario } from "../../../../src/trace/scenario.ts";

export interface PartName {
  readonly name: string;
  readonly files: RegExp;
}

/** The first that fits. */
export const PARTS: readonly PartName[] = [
  { name: "parser", files: /^src\/sql\// },
  { name: "network", files: /^src\/(net|server\/net)\// },
  { name: "definitions", files: /^src\/(server\/ddl|innodb\/(ddl|foreign))/ },
  { name: "expressions", files: /^src\/server\/(expr|types|regexp)\// },
  { name: "queries", files: /^src\/server\/(exec|optimizer)\// },
  { name: "errors", files: /^src\/server\/error_table/ },
  { name: "reports", files: /^src\/server\/(show|schema_tables|innodb_status|variables)/ },
  { name: "administration", files: /^src\// },
];

/** Scenarios whose code is the core, and others whose code is apart from what nobody uses. */
export interface Profile {
  readonly first: readonly Scenario[];
  readonly later: readonly Scenario[];
}

/** Examples about what lies between server and client need the network's code, which no other does. */
const LATER = ["slow-client", "lost-connection", "out-of-sync", "long-stream", "metadata-queue"];

export function lessonProfile(root: string): Profile {
  const folder = join(root, "src/lessons/texts");
  const guided = readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => parseLesson(readFileSync(join(folder, name), "utf8")).lesson)
    .map(({ id, setup, parts }) => ({ id, setup, steps: parts.flatMap(({ steps }) => steps) }));
  const examples = LESSONS.map(({ scenario }) => scenario);
  return {
    first: examples.filter(({ id }) => !LATER.includes(id)),
    later: [...examples.filter(({ id }) => LATER.includes(id)), ...guided],
  };
}
