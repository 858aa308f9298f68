/** A guided lesson as its text file says it (`parse_lesson.ts` reads one; README.md documents the format). Plain data. */
import type { SessionName } from "../../trace/ids.ts";
import type { Step } from "../../trace/scenario.ts";
import type { Arrangement, InTwoLanguages } from "../lesson.ts";
import type { Pointer } from "./pointer.ts";

export interface LessonText {
  readonly id: string;
  /** The notes' section it belongs to, for its place on the map: "23.3". */
  readonly section: string;
  readonly title: InTwoLanguages;
  /** One sentence for the map. */
  readonly shows: InTwoLanguages;
  /** Other words that somebody may look for it by, in any language, with commas between. */
  readonly also: string;
  readonly view: Arrangement;
  /** Points of the notes that it shows, by their ids in `notes.txt`. */
  readonly notes: readonly string[];
  /** Why it cannot be recorded on a real server with the recorder; null when it can, and is. */
  readonly unrecorded: string | null;
  readonly setup: readonly string[];
  readonly intro: Prose;
  readonly parts: readonly LessonPart[];
  readonly matrix: readonly MatrixRow[];
}

/** Paragraphs, by language. */
export interface Prose {
  readonly en: readonly string[];
  readonly zh: readonly string[];
  /** Where in the file each paragraph begins. */
  readonly lines: { readonly en: readonly number[]; readonly zh: readonly number[] };
}

export interface LessonPart {
  readonly title: InTwoLanguages;
  /** Said before its steps are run. */
  readonly before: Prose;
  readonly question: Question | null;
  readonly steps: readonly Step[];
  /** Where in the file each of them stands. */
  readonly stepLines: readonly number[];
  /** Said when they have been run. */
  readonly after: Prose;
  readonly points: readonly Point[];
  readonly claims: readonly Line[];
  /** Of the heading in the file, from 1. */
  readonly line: number;
}

/** A line of a block, with its number in the file. */
export interface Line {
  readonly text: string;
  readonly line: number;
}

/** Something in the picture, and what is said beside it. */
export interface Point {
  readonly pointer: Pointer;
  /** The pointer as it is written. */
  readonly target: string;
  readonly says: InTwoLanguages;
  readonly line: number;
}

export type Question = {
  readonly text: InTwoLanguages;
  readonly line: number;
} & QuestionKind;

/** The answer is never part of a question: it is what the engine does. */
export type QuestionKind =
  /** One of these claims holds after the steps. */
  | { readonly kind: "claim"; readonly options: readonly Option[] }
  /** Which records and gaps of an index does the session lock? */
  | { readonly kind: "locks"; readonly session: SessionName; readonly index: string }
  /** Which sessions: the deadlock's victim, those who go on, those who block another. */
  | { readonly kind: "sessions"; readonly about: SessionQuestion }
  /** Which version of a record does the session's read return? */
  | {
      readonly kind: "version";
      readonly session: SessionName;
      readonly table: string;
      readonly key: string;
    };

export type SessionQuestion =
  | { readonly what: "victim" }
  | { readonly what: "wakes" }
  | { readonly what: "blocks"; readonly session: SessionName };

export interface Option {
  /** In the language of claims. */
  readonly claim: string;
  /** Null: said in the page's own words. */
  readonly label: InTwoLanguages | null;
  readonly line: number;
}

/** One anomaly: a script in which `{level}` stands for the level, and two reads of A that differ when it happens. */
export interface MatrixRow {
  readonly id: string;
  readonly title: InTwoLanguages;
  readonly steps: readonly Step[];
  /** Indexes of the two reads in `steps`. */
  readonly reads: readonly [number, number];
  readonly line: number;
}

/** What is wrong with a lesson, and where in its file. */
export interface Problem {
  readonly line: number;
  readonly message: InTwoLanguages;
}
