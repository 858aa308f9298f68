import { describe, expect, it } from "vitest";
import { differences } from "./compare.ts";
import { readRecorded, type Transcript, type TranscriptStep } from "./transcript.ts";

const STEPS: readonly TranscriptStep[] = [
  { session: "A", sql: "BEGIN", outcome: "ok", affected: 0 },
  {
    ...{ session: "A", sql: "SELECT * FROM t FOR UPDATE", outcome: "ok" },
    ...{ columns: ["id"], rows: [["1"], ["2"]] },
    ...{ locks: ["A t IX GRANTED", "A t.PRIMARY X GRANTED @ 1"] },
    mdl: ["A TABLE t SHARED_WRITE TRANSACTION GRANTED"],
  },
  { session: "B", sql: "DELETE FROM t", outcome: "blocked", waits: [["B", "A"]] },
  { session: "A", sql: "COMMIT", outcome: "ok", waits: [], woken: [{ step: 2, outcome: "ok" }] },
];

describe("comparing transcripts", () => {
  it("every recorded transcript agrees with itself", () => {
    const recorded = readRecorded();
    expect(recorded.length).toBeGreaterThan(0);
    expect(recorded.filter(({ transcript: one }) => differences(one, one).length > 0)).toEqual([]);
  });

  it.each<[string, number, TranscriptStep, string[]]>([
    ["another outcome", 2, { outcome: "ok" }, ["2 results"]],
    ["another order of rows", 1, { rows: [["2"], ["1"]] }, ["1 results"]],
    ["a NULL for a text", 1, { rows: [["1"], [null]] }, ["1 results"]],
    ["another count of affected rows", 0, { affected: 1 }, ["0 results"]],
    ["an error number", 0, { errno: 1064 }, ["0 results"]],
    ["another step woken", 3, { woken: [{ step: 1, outcome: "ok" }] }, ["3 results"]],
    ["nobody woken", 3, { woken: [] }, ["3 results"]],
    ["somebody else waited for", 2, { waits: [["B", "C"]] }, ["2 waits"]],
    ["a wait that stays", 3, { waits: [["B", "A"]] }, ["3 waits"]],
    [
      "a lock too few, until it is looked at again",
      1,
      { locks: [] },
      ["1 locks", "2 locks", "3 locks"],
    ],
    ["another metadata lock", 3, { mdl: [] }, ["3 mdl"]],
  ])("finds %s", (_, at, change, expected) => {
    const found = differences(transcript(STEPS), transcript(changed(at, change)));
    expect(found.map(({ step, aspect }) => `${step} ${aspect}`)).toEqual(expected);
  });

  it("finds a step that is missing, and one too many", () => {
    const short = transcript(STEPS.slice(0, 3));
    expect(differences(transcript(STEPS), short).map(({ step }) => step)).toContain(3);
    expect(differences(short, transcript(STEPS)).map(({ step }) => step)).toContain(3);
  });

  it.each<[string, number, TranscriptStep]>([
    ["a message", 0, { message: "so it goes" }],
    ["the order of lock rows", 1, { locks: [...(STEPS[1]?.locks ?? [])].reverse() }],
    ["whether an unchanged list is repeated", 2, { locks: STEPS[1]?.locks ?? [] }],
  ])("does not mind %s", (_, at, change) => {
    expect(differences(transcript(STEPS), transcript(changed(at, change)))).toEqual([]);
  });

  it("does not look at the locks of a step that was skipped", () => {
    const skipped: TranscriptStep = { session: "B", sql: "COMMIT", outcome: "skipped" };
    const want = transcript([...STEPS, skipped]);
    expect(differences(want, transcript([...STEPS, { ...skipped, locks: [] }]))).toEqual([]);
  });
});

function transcript(steps: readonly TranscriptStep[]): Transcript {
  return { id: "story", server: "9.7.4", steps };
}

function changed(at: number, change: TranscriptStep): TranscriptStep[] {
  return STEPS.map((step, index) => (index === at ? { ...step, ...change } : step));
}
