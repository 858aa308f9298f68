/** The recorded transcripts as types, and where they lie. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** How a statement ended. Fields that are not compared are not named. */
export type Ended = {
  readonly outcome?: string;
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly affected?: number;
  readonly errno?: number;
  readonly sqlstate?: string;
  readonly message?: string;
};

/** `locks`, `waits` and `mdl` are absent where they equal the step before's. */
export type TranscriptStep = Ended & {
  readonly session?: string;
  readonly sql?: string;
  /** Seconds. */
  readonly advance?: number;
  /** Earlier blocked steps that ended because of this one; `step` is their place in `steps`. */
  readonly woken?: readonly (Ended & { readonly step: number })[];
  readonly locks?: readonly string[];
  readonly waits?: readonly (readonly string[])[];
  readonly mdl?: readonly string[];
};

export type Transcript = {
  readonly id: string;
  /** The version of the recorded server. */
  readonly server: string;
  readonly steps: readonly TranscriptStep[];
};

export type Recorded = { readonly topic: string; readonly transcript: Transcript };

/** From the top of the repository, where npm and Vitest run. */
const TRANSCRIPTS = "test/conformance/transcripts";

/** Folders that hold recordings of another kind. */
const NOT_SCENARIOS = new Set(["net", "status"]);

/** A folder whose files are topics of their own. */
const BY_FILE = "own";

/** Every recorded transcript, in the order of topics and ids. */
export function readRecorded(folder: string = TRANSCRIPTS): Recorded[] {
  const topics = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_SCENARIOS.has(entry.name))
    .map((entry) => entry.name)
    .sort();
  return topics.flatMap((topic) => {
    const files = readdirSync(join(folder, topic)).sort();
    const groups = topic === BY_FILE ? files.map((file) => [file]) : [files];
    return groups.flatMap((group) => {
      const name = topic === BY_FILE ? `${topic}/${group[0]?.replace(/\.jsonl?$/, "")}` : topic;
      return group
        .flatMap((file) => parse(file, readFileSync(join(folder, topic, file), "utf8")))
        .sort((a, b) => compareText(a.id, b.id))
        .map((transcript) => ({ topic: name, transcript }));
    });
  });
}

/** Order by code unit: the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function parse(name: string, text: string): Transcript[] {
  if (name.endsWith(".json")) return [JSON.parse(text) as Transcript];
  if (!name.endsWith(".jsonl")) throw new Error(`${name} is no transcript`);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Transcript);
}
