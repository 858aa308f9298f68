import { beforeAll, describe, expect, it } from "vitest";
import type { Compared } from "./access.ts";
import { fidelityOf, type PlanSurvey, planSurvey, readmePart } from "./fidelity.ts";
import { readAgreed, readFidelity, readTable } from "./kept.ts";
import { BEHIND_OLDER_VIEW, EXPLAINED_OTHERWISE, TRACED_OTHERWISE } from "./known_plans.ts";
import { agreedIds, type Finding, survey, table, topicRows } from "./survey.ts";
import { readRecorded } from "./transcript.ts";

const UPDATE = "Run `npm run conformance:update` and commit what it changes.";
const recorded = readRecorded();
const topics = [...new Set(recorded.map(({ topic }) => topic))];
const agreed = new Set(readAgreed());

describe("replayed against the recorded MySQL", () => {
  let findings: Finding[] = [];
  let plans: PlanSurvey;

  beforeAll(() => {
    findings = survey(recorded);
    console.log(table(topicRows(findings)));
    plans = planSurvey(recorded);
  }, 600_000);

  it("the scenarios have names of their own", () => {
    expect(findings.length).toBeGreaterThan(3_300);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
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

  it("the fidelity page and the README say what this run found", () => {
    const kept = readFidelity();
    const found = fidelityOf(findings, plans, kept.date);
    expect(kept, UPDATE).toEqual(found);
    expect(readTable(), UPDATE).toBe(readmePart(found));
  });

  it("EXPLAIN prints for every recorded statement what the server's printed", () => {
    expect(plans.explained.compared).toBeGreaterThan(28_000);
    expect(differing(plans.explained)).toEqual([...EXPLAINED_OTHERWISE].sort());
  });

  it("the trace shows of every recorded SELECT, UPDATE and DELETE the plan that EXPLAIN showed", () => {
    expect(plans.traced.compared).toBeGreaterThan(20_000);
    expect(differing(plans.traced)).toEqual([...TRACED_OTHERWISE, ...BEHIND_OLDER_VIEW].sort());
  });

  function ofTopic(topic: string): string[] {
    return findings.filter((finding) => finding.topic === topic).map(({ id }) => id);
  }
});

function differing({ differences }: Compared): readonly string[] {
  return differences.map(({ id, step }) => `${id} ${step}`).sort();
}
