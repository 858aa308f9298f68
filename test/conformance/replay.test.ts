import { beforeAll, describe, expect, it } from "vitest";
import { readAgreed, readTable } from "./agreed.ts";
import { agreedIds, type Finding, survey, table, topicRows } from "./survey.ts";
import { readRecorded } from "./transcript.ts";

const UPDATE = "Run `npm run conformance:update` and commit what it changes.";
const recorded = readRecorded();
const topics = [...new Set(recorded.map(({ topic }) => topic))];
const agreed = new Set(readAgreed());

describe("replayed against the recorded MySQL", () => {
  let findings: Finding[] = [];

  beforeAll(() => {
    findings = survey(recorded);
    console.log(table(topicRows(findings)));
  }, 120_000);

  it("all that was recorded is replayed", () => {
    expect(topics).toEqual([
      ...["admin", "deadlocks", "fuzz", "isolation", "locks"],
      ...["mvcc", "optimistic", "own", "table-locks", "transactions"],
    ]);
    expect(findings).toHaveLength(3359);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(3359);
  });

  it.each(topics)("what agreed before still agrees: %s", (topic) => {
    const now = new Set(agreedIds(findings));
    const lost = ofTopic(topic).filter((id) => agreed.has(id) && !now.has(id));
    expect(lost, "npm run --silent conformance -- ID shows where one differs").toEqual([]);
  });

  it.each(topics)("what agrees now is on the list: %s", (topic) => {
    const now = new Set(agreedIds(findings));
    const gained = ofTopic(topic).filter((id) => now.has(id) && !agreed.has(id));
    expect(gained, `These agree now. ${UPDATE}`).toEqual([]);
  });

  it("the list names recorded scenarios only, sorted and once each", () => {
    const known = new Set(recorded.map(({ transcript }) => transcript.id));
    expect([...agreed].filter((id) => !known.has(id))).toEqual([]);
    expect(readAgreed()).toEqual([...agreed].sort());
  });

  it("the README's table is what this run found", () => {
    expect(readTable(), UPDATE).toBe(table(topicRows(findings)));
  });

  function ofTopic(topic: string): string[] {
    return findings.filter((finding) => finding.topic === topic).map(({ id }) => id);
  }
});
