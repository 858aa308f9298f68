/**
 * Which modules come in one file: what composes every page, what draws the playground, what is opened there, the guide of a lesson,
 * and what these and the map of lessons have in common. Without it each set of modules with the same users would be a file of its own, thirty for the
 * playground, many of a few hundred bytes; and each file is a way to the host.
 */

/** What the bundler tells of a module. */
interface Module {
  readonly importedIds: readonly string[];
}

type Look = (id: string) => Module | null;

/** What has a file of its own, whoever needs it: the examples, what reads lessons. */
const APART = ["src/lessons/lessons.ts", "src/lessons/library.ts"];

/** What the playground shows behind its first picture, and what it needs when somebody points or asks. */
const BEHIND = [
  "src/views/session/SessionColumn.tsx",
  "src/views/timeline/TimelinePanel.tsx",
  "src/views/peek/PeekBar.tsx",
  "src/views/shell/Notices.tsx",
  "src/views/shell/SplitBars.tsx",
  "src/views/stage/sentences.ts",
  "src/views/stage/FarShapes.tsx",
  "src/diagrams/related.ts",
  "src/diagrams/subject.ts",
  "src/diagrams/peek_picture.ts",
  "src/store/peek.ts",
];

/** What is small and opened by hand. */
const ASKED = [
  "src/views/compare/CompareDialog.tsx",
  "src/views/files/local_files.ts",
  "src/views/header/Branches.tsx",
  "src/views/header/HelpDialog.tsx",
  "src/views/header/SetupDialog.tsx",
  "src/views/lesson/link_to_lesson.ts",
  "src/views/log/EventLogPanel.tsx",
  "src/views/schedule/EditStep.tsx",
  "src/views/schedule/SchedulePanel.tsx",
  "src/views/schedule/edit_step.ts",
  "src/views/stage/DeadlockLog.tsx",
  "src/views/stage/GivenLogPanel.tsx",
];

/** The name of the file for a module; null where it goes is decided by who imports it. */
export function pageChunks(root: string): (id: string, look: Look) => string | null {
  const reached = new Map<string, ReadonlySet<string>>();
  const from = (look: Look, ...files: readonly string[]): ReadonlySet<string> => {
    const key = files.join();
    const known =
      reached.get(key) ??
      reachedFrom(
        files.map((file) => `${root}/${file}`),
        look,
      );
    reached.set(key, known);
    return known;
  };
  return (id, look) => {
    if (from(look, "src/main.ts", "src/page.tsx").has(id)) return "page";
    if (from(look, ...APART).has(id)) return null;
    const isOfMap = from(look, "src/views/lesson/LessonMap.tsx").has(id);
    const isOfGuide = from(look, "src/views/lesson/GuidePanel.tsx").has(id);
    if (from(look, "src/views/Playground.tsx").has(id)) {
      return isOfMap ? "common" : isOfGuide ? "beside" : "playground";
    }
    // What the guide needs too must not make it wait for all that.
    if (from(look, ...BEHIND).has(id)) return isOfGuide ? "beside" : "behind";
    if (!isOfGuide) return isView(id) && from(look, ...ASKED).has(id) ? "asked" : null;
    return isOfMap ? "lesson_list" : "guide";
  };
}

/** Words and what is told from a trace others need as well, who must not wait for all that. */
function isView(id: string): boolean {
  return id.includes("/src/views/") && !/words/.test(id);
}

/** With all that they import before they run. */
function reachedFrom(entries: readonly string[], look: Look): ReadonlySet<string> {
  const found = new Set(entries);
  for (const id of found) for (const one of look(id)?.importedIds ?? []) found.add(one);
  return found;
}
