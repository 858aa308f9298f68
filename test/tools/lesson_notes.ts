/** The notes' points (`src/lessons/notes.txt`), and the table of which lesson shows which. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { LessonText } from "../../src/lessons/format/lesson_text.ts";

const FILE = resolve("src/lessons/notes.txt");
export const COVERAGE_FILE = resolve("src/lessons/COVERAGE.md");

export interface Note {
  /** Of a heading its number in the notes, "23.1"; of a point that and a word, "23.1-atomic". */
  readonly id: string;
  readonly verdict: string;
  readonly says: string;
  /** What the server really does, where the notes need a word. */
  readonly really: string;
}

export const NOTES: readonly Note[] = readFileSync(FILE, "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [id = "", verdict = "", says = "", really = ""] = line.split(" | ");
    return { id, verdict, says, really };
  });

/** A point is covered by the lessons that name it, a heading by those of its section. */
function lessonsOf(note: Note, lessons: readonly LessonText[]): readonly LessonText[] {
  return lessons.filter((lesson) =>
    note.verdict === "heading"
      ? lesson.notes.some(
          (id) => id === note.id || sectionOf(id) === note.id || isUnder(id, note.id),
        )
      : lesson.notes.includes(note.id),
  );
}

/** Of "23.1-atomic" "23.1". */
function sectionOf(id: string): string {
  return id.replace(/-.*$/, "");
}

function isUnder(id: string, heading: string): boolean {
  return sectionOf(id).startsWith(`${heading}.`);
}

export function coverageTable(lessons: readonly LessonText[]): string {
  const points = NOTES.filter(({ verdict }) => verdict !== "heading");
  const count = (verdict: string): number =>
    points.filter((note) => note.verdict === verdict).length;
  const rows = NOTES.map((note) => {
    const those = lessonsOf(note, lessons).map(({ id }) => `\`${id}\``);
    const isHeading = note.verdict === "heading";
    const says = isHeading ? `**${note.id} ${note.says}**` : note.says;
    const verdict = isHeading ? "" : note.verdict;
    const shown = isHeading ? "" : those.join(", ");
    return `| ${says} | ${verdict} | ${note.really} | ${shown} |`;
  });
  return [
    "# What the notes say, and the lesson that shows it",
    "",
    `Written by \`npm run lessons -- --coverage\` from \`notes.txt\` and the lessons' front matter; a test fails when a point`,
    `has no lesson or this table is not up to date. ${points.length} points: ${count("holds")} hold, ${count("nuance")} need a word more,`,
    `${count("dated")} are dated, ${count("wrong")} are not what the server does, ${count("outside")} about other systems.`,
    "",
    "| the notes | | MySQL 9.7 | lessons |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
