/** Every lesson is a test: its claims, questions and references hold on the engine; the notes are covered whole. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkLesson, checkNotes } from "../../src/lessons/format/check_lesson.ts";
import { parseLesson } from "../../src/lessons/format/parse_lesson.ts";
import { choicesBefore } from "../../src/lessons/format/questions.ts";
import { recordedScenarios, scenarioOf } from "../../src/lessons/format/steps_of.ts";
import { arrangementOf, fetchedLesson } from "../../src/lessons/lesson_files.ts";
import { LESSONS } from "../../src/lessons/lessons.ts";
import { initialState } from "../../src/trace/initial_state.ts";
import { lessonFiles, played } from "../tools/lesson_files.ts";
import { COVERAGE_FILE, coverageTable, NOTES } from "../tools/lesson_notes.ts";

const RECORDED = "test/conformance/transcripts/own/lessons.jsonl";

const files = lessonFiles().map(({ name, text }) => ({ name, ...parseLesson(text) }));
const lessons = files.map(({ lesson }) => lesson);
const ids = new Set(lessons.map(({ id }) => id));
const points = new Set(NOTES.map(({ id }) => id));

describe("each lesson holds on the engine", () => {
  it.each(files)("$name", ({ lesson, problems }) => {
    const found = [
      ...problems,
      ...checkNotes(lesson, points),
      ...checkLesson(lesson, played(scenarioOf(lesson)), ids),
    ];
    expect(found.map(({ line, message }) => `${line}: ${message.en}`)).toEqual([]);
  });
});

describe("the library", () => {
  it("has 40 lessons and more, with ids of their own", () => {
    expect(lessons.length).toBeGreaterThanOrEqual(40);
    expect(ids.size).toBe(lessons.length);
    expect(LESSONS.filter(({ id }) => ids.has(id))).toEqual([]);
  });

  it("has each example in a file that is known with what it wants to be seen", async () => {
    for (const lesson of LESSONS) {
      expect(await fetchedLesson(lesson.id)).toEqual(lesson);
      expect(arrangementOf(lesson.id)).toBe(lesson.arrangement);
    }
    expect(arrangementOf("nowhere")).toBeNull();
  });

  it("asks before it tells: nearly every lesson has a question", () => {
    const silent = lessons.filter(
      ({ parts, matrix }) =>
        matrix.length === 0 && parts.every(({ question }) => question === null),
    );
    expect(silent.map(({ id }) => id)).toEqual(["long-rows"]);
  });

  it("does not give answers away by their order: what its author wrote first stands anywhere", () => {
    const questions = lessons.flatMap(({ parts }) =>
      parts.flatMap(({ question }) => (question?.kind === "claim" ? [question] : [])),
    );
    const firsts = questions.filter((question) => {
      const [first] = choicesBefore(question, initialState, []);
      return first?.key === question.options[0]?.claim;
    });
    const byChance = questions.reduce((sum, { options }) => sum + 1 / options.length, 0);
    expect(questions.length).toBeGreaterThan(100);
    expect(firsts.length).toBeGreaterThan(0.7 * byChance);
    expect(firsts.length).toBeLessThan(1.3 * byChance);
  });

  it("speaks Chinese where it says so, and English where it says that", () => {
    const chinese = /[\u4e00-\u9fff]/;
    const wrong = lessons.flatMap(({ id, title, shows, intro, parts }) => {
      const prose = [intro, ...parts.flatMap(({ before, after }) => [before, after])];
      const zh = [title.zh, shows.zh, ...prose.flatMap((one) => one.zh)];
      return zh.filter((text) => !chinese.test(text)).map((text) => `${id}: ${text}`);
    });
    expect(wrong).toEqual([]);
  });

  it("shows every point of the notes, and the table says where", () => {
    const shown = new Set(lessons.flatMap(({ notes }) => notes));
    const missing = NOTES.filter(({ id, verdict }) => verdict !== "heading" && !shown.has(id));
    expect(missing.map(({ id }) => id)).toEqual([]);
    expect(readFileSync(COVERAGE_FILE, "utf8")).toBe(coverageTable(lessons));
  });

  it("says what the server does wherever the notes are not simply right", () => {
    const silent = NOTES.filter(
      ({ verdict, really }) => verdict !== "heading" && verdict !== "holds" && really === "",
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});

describe("each lesson was recorded on a real server", () => {
  const recorded = new Map(
    readFileSync(RECORDED, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { id: string; setup: unknown; steps: unknown[] })
      .map((transcript) => [transcript.id, transcript]),
  );

  it("word for word, or says why it could not be", () => {
    for (const scenario of lessons.flatMap(recordedScenarios)) {
      const transcript = recorded.get(scenario.id);
      expect(transcript?.setup, scenario.id).toEqual(scenario.setup);
      expect(transcript?.steps, scenario.id).toMatchObject(scenario.steps);
    }
    expect(lessons.flatMap(recordedScenarios)).toHaveLength(recorded.size);
    const unrecorded = lessons.filter((lesson) => lesson.unrecorded !== null);
    expect(unrecorded.every(({ view }) => view === "streaming")).toBe(true);
  });
});
