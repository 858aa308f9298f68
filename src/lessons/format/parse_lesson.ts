/**
 * Reads a lesson's text file. Never throws: what cannot be read is a problem with its line, and the rest is read on.
 *
 *     ---                     front matter: id, title, shows, also, view, section, notes
 *     ```setup                tables and rows
 *     en: / zh:               paragraphs
 *     ## Title | 标题          a part: paragraphs, ```ask, ```run, paragraphs, ```point, ```claims
 */
import { append } from "../../base/lists.ts";
import type { Arrangement, InTwoLanguages } from "../lesson.ts";
import { type Chunk, chunksOf } from "./chunks.ts";
import type {
  LessonPart,
  LessonText,
  Line,
  Point,
  Problem,
  Prose,
  Question,
} from "./lesson_text.ts";
import { parseAsk, parseMatrix } from "./parse_blocks.ts";
import { type PlacedStep, stepsOf } from "./parse_steps.ts";
import { parsePointer } from "./pointer.ts";
import { inTwo, notAThing, problem, type Report } from "./report.ts";

const VIEWS: readonly Arrangement[] = ["locks", "versions", "waits", "levels", "streaming"];

export interface Parsed {
  readonly lesson: LessonText;
  readonly problems: readonly Problem[];
}

export function parseLesson(text: string): Parsed {
  const problems: Problem[] = [];
  const report: Report = (line, en, zh) => problems.push(problem(line, en, zh));
  const { front, chunks } = chunksOf(text, report);
  const first = chunks.findIndex((chunk) => chunk.kind === "heading");
  const head = first < 0 ? chunks : chunks.slice(0, first);
  const body = first < 0 ? [] : chunks.slice(first);

  const field = (name: string): string => front.get(name)?.text ?? "";
  const at = (name: string): number => front.get(name)?.line ?? 1;
  for (const [name, { line }] of front) {
    if (!FIELDS.includes(name))
      report(
        line,
        `unknown field: ${name}. Fields: ${FIELDS.join(", ")}`,
        `未知字段：${name}。字段有：${FIELDS.join("、")}`,
      );
  }
  const view = VIEWS.find((each) => each === field("view"));
  if (view === undefined) {
    report(at("view"), `view: one of ${VIEWS.join(", ")}`, `view 应为 ${VIEWS.join("、")} 之一`);
  }
  if (!/^[a-z0-9-]+$/.test(field("id"))) {
    report(at("id"), "id: small letters, digits and hyphens", "id 只能用小写字母、数字和连字符");
  }

  if (!SECTION.test(field("section"))) {
    report(
      at("section"),
      `section: ${field("section") || "…"} is no chapter: 23, 24, 25, 26 or 27 (25.1 for a place in it), or SSCursor`,
      `section: ${field("section") || "…"} 不是章节：应为 23、24、25、26、27（其中的小节如 25.1），或 SSCursor`,
    );
  }

  const parts = partsIn(body).map((chunks) => partOf(chunks, report));
  if (parts.length === 0)
    report(1, "no part: a heading is missing (## … | …)", "没有任何一节（## … | …）");
  const lesson: LessonText = {
    id: field("id"),
    section: field("section"),
    title: inTwo(field("title"), at("title"), IN_TWO.title, report),
    shows: inTwo(field("shows"), at("shows"), IN_TWO.shows, report),
    also: field("also"),
    view: view ?? "locks",
    notes: field("notes")
      .split(/[\s,]+/)
      .filter((note) => note !== ""),
    unrecorded: front.has("unrecorded") ? field("unrecorded") : null,
    setup: head.flatMap((chunk) =>
      chunk.kind === "block" && chunk.name === "setup" ? setupOf(chunk.lines) : [],
    ),
    intro: proseOf(head, at("id"), report),
    parts,
    matrix: head.flatMap((chunk) =>
      chunk.kind === "block" && chunk.name.startsWith("matrix") ? parseMatrix(chunk, report) : [],
    ),
  };
  for (const chunk of head) {
    if (chunk.kind === "block" && !/^(setup|matrix .*)$/.test(chunk.name)) {
      report(
        chunk.line,
        `unknown block before the first part: ${chunk.name}. Here: setup, matrix; all else after a heading (## English | 中文)`,
        `第一节之前的未知代码块：${chunk.name}。这里可以有：setup、matrix；其余写在标题（## English | 中文）之后`,
      );
    }
  }
  return { lesson, problems };
}

/** Of the map: `views/lesson/sections.ts` names the chapters. */
const SECTION = /^(?:2[3-7](?:\.\d+)*|SSCursor)$/;

/** What is said in both languages, by the name that a report gives it. */
const IN_TWO = {
  title: { en: "`title`", zh: "title 字段" },
  shows: { en: "`shows`", zh: "shows 字段" },
  heading: { en: "the heading", zh: "标题" },
};

const FIELDS = ["id", "section", "title", "shows", "also", "view", "notes", "unrecorded"];

function partsIn(chunks: readonly Chunk[]): readonly (readonly Chunk[])[] {
  const parts: Chunk[][] = [];
  for (const chunk of chunks) {
    if (chunk.kind === "heading") parts.push([chunk]);
    else parts.at(-1)?.push(chunk);
  }
  return parts;
}

function partOf(chunks: readonly Chunk[], report: Report): LessonPart {
  const [heading, ...rest] = chunks;
  const line = heading?.line ?? 1;
  const title = inTwo(
    heading?.kind === "heading" ? heading.text : "",
    line,
    IN_TWO.heading,
    report,
  );
  const runs = rest.findIndex((chunk) => chunk.kind === "block" && chunk.name === "run");
  const before = runs < 0 ? rest : rest.slice(0, runs);
  const after = runs < 0 ? [] : rest.slice(runs + 1);
  const steps: PlacedStep[] = [];
  const points: Point[] = [];
  const claims: Line[] = [];
  let question: Question | null = null;
  for (const chunk of rest) {
    if (chunk.kind !== "block") continue;
    if (chunk.name === "run") append(steps, stepsOf(chunk.lines, report));
    else if (chunk.name === "claims") append(claims, chunk.lines);
    else if (chunk.name === "point")
      append(
        points,
        chunk.lines.flatMap((one) => pointOf(one, report)),
      );
    else if (chunk.name.startsWith("ask")) question = parseAsk(chunk, report);
    else {
      report(
        chunk.line,
        `unknown block: ${chunk.name}. In a part: ask, run, point, claims`,
        `未知代码块：${chunk.name}。一节里可以有：ask、run、point、claims`,
      );
    }
  }
  if (question !== null && steps.length === 0) {
    report(line, "a question needs steps that answer it", "提问需要有给出答案的步骤");
  }
  return {
    title,
    before: proseOf(before, line, report),
    question,
    steps: steps.map(({ step }) => step),
    stepLines: steps.map((one) => one.line),
    after: proseOf(after, line, report),
    points,
    claims,
    line,
  };
}

/** Statements end with a semicolon at the end of a line. */
function setupOf(lines: readonly Line[]): readonly string[] {
  return lines
    .map(({ text }) => text)
    .join("\n")
    .split(/;[ \t]*(?:\n|$)/)
    .map((sql) => sql.trim())
    .filter((sql) => sql !== "");
}

/** "lock B t.PRIMARY @ 5 | English | 中文"; the sayings may be left out. */
function pointOf({ text, line }: Line, report: Report): readonly Point[] {
  const [name = "", en = "", zh = ""] = text.split(" | ");
  const pointer = parsePointer(name);
  if (pointer === null) {
    report(line, ...notAThing(name));
    return [];
  }
  if ((en === "") !== (zh === "")) {
    report(
      line,
      "a saying needs both languages: reference | English | 中文",
      "提示文字需要两种语言：引用 | English | 中文",
    );
  }
  return [{ pointer, target: name, says: { en, zh }, line }];
}

/** Paragraphs of both languages; what is said in one must be said in the other. */
function proseOf(chunks: readonly Chunk[], line: number, report: Report): Prose {
  const of = (language: keyof InTwoLanguages) =>
    chunks.flatMap((chunk) =>
      chunk.kind === "prose" && chunk.language === language ? [chunk] : [],
    );
  const [en, zh] = [of("en"), of("zh")];
  const prose: Prose = {
    en: en.map(({ text }) => text),
    zh: zh.map(({ text }) => text),
    lines: { en: en.map((one) => one.line), zh: zh.map((one) => one.line) },
  };
  if ((prose.en.length === 0) !== (prose.zh.length === 0)) {
    const where = chunks.find((chunk) => chunk.kind === "prose")?.line ?? line;
    const missing = prose.en.length === 0 ? "en" : "zh";
    report(
      where,
      `missing translation: no ${missing}: paragraph`,
      `缺少翻译：没有 ${missing}: 段落`,
    );
  }
  return prose;
}
