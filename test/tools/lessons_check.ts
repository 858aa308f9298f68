/**
 * `npm run lessons [-- --show] [FILE or ID...]`: runs every lesson (or these) on the simulated server and fails on a wrong
 * claim, a missing translation, a question without an answer, an unknown reference. `--show` prints what each part did, to
 * write claims from; `--coverage` writes the table of the notes; `--scenarios` prints what the recorder records.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { intMapValues } from "../../src/base/int_map.ts";
import { checkLesson, checkNotes } from "../../src/lessons/format/check_lesson.ts";
import { outcomeText } from "../../src/lessons/format/claims.ts";
import type { LessonText } from "../../src/lessons/format/lesson_text.ts";
import { parseLesson } from "../../src/lessons/format/parse_lesson.ts";
import { stepText } from "../../src/lessons/format/parse_steps.ts";
import { answersAfter } from "../../src/lessons/format/questions.ts";
import { sceneOf } from "../../src/lessons/format/scene.ts";
import {
  recordedScenarios,
  scenarioOf,
  sessionsOf,
  stepsBefore,
} from "../../src/lessons/format/steps_of.ts";
import { setupProblem } from "../../src/lessons/format/unexpected_errors.ts";
import type { Timeline } from "../../src/trace/timeline.ts";
import { lessonFiles, played } from "./lesson_files.ts";
import { COVERAGE_FILE, coverageTable, NOTES } from "./lesson_notes.ts";

const args = process.argv.slice(2);
const isShowing = args.includes("--show");
const names = args.filter((arg) => !arg.startsWith("--"));
const own = names.filter((name) => existsSync(name));
const builtIn = lessonFiles().map((file) => ({ ...file, id: parseLesson(file.text).lesson.id }));
const chosen = [
  ...own.map((path) => ({ name: basename(path), text: readFileSync(path, "utf8") })),
  ...builtIn.filter(
    ({ id, name }) => names.length === 0 || names.some((one) => one === id || name.startsWith(one)),
  ),
];
if (chosen.length === 0) fail(`There is no lesson ${names.join(" or ")}.`);

if (args.includes("--coverage")) {
  writeFileSync(COVERAGE_FILE, coverageTable(builtIn.map(({ text }) => parseLesson(text).lesson)));
}
if (args.includes("--scenarios")) {
  const lessons = chosen.map(({ text }) => parseLesson(text).lesson);
  console.log(JSON.stringify(lessons.flatMap(recordedScenarios)));
  process.exit(0);
}
const ids = new Set(builtIn.map(({ id }) => id));
const notes = new Set(NOTES.map((note) => note.id));
let wrong = 0;
for (const { name, text } of chosen) {
  const { lesson, problems } = parseLesson(text);
  const found = [...problems, ...checkNotes(lesson, notes)];
  try {
    const timeline = played(scenarioOf(lesson));
    found.push(...checkLesson(lesson, timeline, ids));
    if (isShowing) show(lesson, timeline);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    found.push(setupProblem(text, message) ?? { line: 1, message: { en: message, zh: message } });
  }
  for (const { line, message } of found) console.log(`${name}:${line}: ${message.en}`);
  wrong += found.length;
}
const parts = chosen.flatMap(({ text }) => parseLesson(text).lesson.parts);
const claims = parts.reduce((sum, part) => sum + part.claims.length, 0);
const questions = parts.filter((part) => part.question !== null).length;
console.log(
  `${chosen.length} lessons, ${parts.length} parts, ${claims} claims, ${questions} questions: ${
    wrong === 0 ? "all hold" : `${wrong} problems`
  }`,
);
if (wrong > 0) process.exitCode = 1;

function show(lesson: LessonText, timeline: Timeline): void {
  for (const [at, part] of lesson.parts.entries()) {
    const from = stepsBefore(lesson, at);
    const scene = sceneOf(timeline, from, from + part.steps.length);
    console.log(`\n== ${lesson.id} / ${part.title.en}`);
    for (const step of part.steps) console.log(`  ${stepText(step)}`);
    for (const name of sessionsOf(lesson)) {
      console.log(`    ${name} ${outcomeText(scene.after, name).slice(0, 300)}`);
    }
    for (const lock of intMapValues(scene.after.tableLocks)) {
      console.log(`    lock ${lock.session} ${lock.tableName} ${lock.mode} ${lock.status}`);
    }
    for (const lock of intMapValues(scene.after.recLocks)) {
      console.log(
        `    lock ${lock.session} ${lock.tableName}.${lock.indexName} ${lock.modeText} ${lock.status} @ ${lock.data}`,
      );
    }
    for (const mdl of intMapValues(scene.after.mdls)) {
      if (mdl.session === "setup") continue;
      console.log(`    mdl ${mdl.session} ${mdl.name ?? mdl.namespace} ${mdl.mode} ${mdl.status}`);
    }
    if (part.question !== null) {
      console.log(`    answer: ${answersAfter(part.question, scene).join(" | ")}`);
    }
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
