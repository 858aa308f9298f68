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

export type Groups = Readonly<Record<string, readonly Scenario[]>>;

/** Scenarios by what is told with them. What two groups run is the core; what one runs is a part of that group's name. */
export interface Profile {
  readonly first: Groups;
  /** Others with much to load: what each runs besides is a part of its name, what several run of all their names. */
  readonly second: Groups;
  /** Groups that have so much in common which no other runs that it is a part of all their names. */
  readonly together: readonly string[];
  /** Others, whose code is apart from what nobody uses. */
  readonly later: readonly Scenario[];
}

type Ids = Readonly<Record<string, readonly string[]>>;

const FIRST: Ids = {
  gaps: ["gap-locks", "gap-locks-rc"],
  conflicts: ["deadlock"],
  duplicates: ["duplicate-key"],
  views: ["three-versions", "ages-3-and-5", "rc-and-rr"],
};

/** About the client's connection, for which no other needs the code: tables filled by WITH RECURSIVE, packets, clocks. */
const SECOND: Ids = {
  streams: ["slow-client", "long-stream", "out-of-sync"],
  lost: ["lost-connection"],
};

/** 10, 8, half and two kilobytes after gzip; the others have less. */
const TOGETHER = ["gaps-views", "conflicts-views", "gaps-duplicates", "gaps-conflicts-duplicates"];

export function lessonProfile(root: string): Profile {
  const folder = join(root, "src/lessons/texts");
  const guided = readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => parseLesson(readFileSync(join(folder, name), "utf8")).lesson)
    .map(({ id, setup, parts }) => ({ id, setup, steps: parts.flatMap(({ steps }) => steps) }));
  const examples = LESSONS.map(({ scenario }) => scenario);
  const groupsOf = (ids: Ids): Groups =>
    Object.fromEntries(
      Object.entries(ids).map(([name, of]) => [name, examples.filter(({ id }) => of.includes(id))]),
    );
  const named = Object.values({ ...FIRST, ...SECOND }).flat();
  return {
    first: groupsOf(FIRST),
    second: groupsOf(SECOND),
    together: TOGETHER,
    later: [...examples.filter(({ id }) => !named.includes(id)), ...guided],
  };
}
