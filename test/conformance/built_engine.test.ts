/** The site's engine is cut into a core and parts that are loaded when they are needed: nobody may see a difference. */
import { beforeAll, describe, expect, it } from "vitest";
import { PROTOCOL_VERSION, type Reply } from "../../src/protocol/messages.ts";
import type { Scenario } from "../../src/trace/scenario.ts";
import { WorkerHost } from "../../src/worker/host.ts";
import { engineScripts, type Script } from "../tools/build/engine/engine_build.ts";
import { lessonProfile } from "../tools/build/engine/engine_parts.ts";
import { builtEngine } from "./built_engine.ts";
import { readRecorded } from "./transcript.ts";

/** One in so many recorded scenarios, and so many of them one after the other on the same engine. */
const EVERY = 9;
const TOGETHER = 20;

/** Needs parts for its function and for its error. */
const FAR = {
  id: "far",
  setup: ["CREATE TABLE t (id INT PRIMARY KEY)"],
  steps: [
    { session: "A", sql: "INSERT INTO t VALUES (1)" },
    {
      session: "A",
      sql: "SELECT REGEXP_REPLACE('abc', 'b', 'x'), DATE_FORMAT('2024-02-29', '%W')",
    },
    { session: "A", sql: "ALTER TABLE t DROP COLUMN missing" },
  ],
} as unknown as Scenario;

describe("the engine of the built site", () => {
  let scripts: readonly Script[] = [];

  beforeAll(async () => {
    scripts = await engineScripts(process.cwd(), lessonProfile(process.cwd()));
  }, 120_000);

  it("answers every scenario as the sources do, whatever was loaded before", () => {
    const scenarios = readRecorded()
      .filter((_, at) => at % EVERY === 0)
      .map(({ transcript }) => transcript as unknown as Scenario);
    expect(scenarios.length).toBeGreaterThan(400);
    let engine = builtEngine(scripts);
    for (const [at, scenario] of scenarios.entries()) {
      if (at % TOGETHER === 0) engine = builtEngine(scripts);
      expect(text(engine.play(scenario)), scenario.id).toBe(text(bySources(scenario)));
    }
  }, 300_000);

  it("plays the examples with the core and the parts that bear their name", () => {
    const { first } = lessonProfile(process.cwd());
    expect(Object.keys(first).length).toBeGreaterThan(1);
    for (const [name, scenarios] of Object.entries(first)) {
      const engine = builtEngine(scripts);
      for (const scenario of scenarios) expect(engine.play(scenario).at(-1)?.kind).toBe("done");
      const others = engine.loaded.filter(
        (url) => !new RegExp(`engine-(\\w+-)*${name}-`).test(url),
      );
      expect(others, name).toEqual([]);
    }
  });

  it("says that a part is missing, and goes on when it can be had", () => {
    const engine = builtEngine(scripts);
    engine.network.isThere = false;
    expect(engine.play(FAR).at(-1)).toMatchObject({ kind: "failed", isPartMissing: true });
    engine.network.isThere = true;
    expect(text(engine.play(FAR))).toBe(text(bySources(FAR)));
    expect(engine.loaded.length).toBeGreaterThan(2);
  });
});

function bySources(scenario: Scenario): readonly Reply[] {
  const replies: Reply[] = [];
  const host = new WorkerHost((reply) => replies.push(reply));
  host.handle({ v: PROTOCOL_VERSION, id: 1, kind: "reset", scenario });
  return replies;
}

function text(replies: readonly Reply[]): string {
  return JSON.stringify(replies);
}
