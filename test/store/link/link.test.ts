/** Links: short, whole, and unharmed by whatever comes in. */
import { deflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { LESSONS } from "../../../src/lessons/lessons.ts";
import { lettersOf, TEXT_BYTES_MAX, textOfLetters } from "../../../src/store/link/link_text.ts";
import {
  fragmentOf,
  fullFragmentOfPage,
  type LinkedPage,
  readFragment,
} from "../../../src/store/link/page_link.ts";
import { createPageStore } from "../../../src/store/page_store.ts";
import {
  type Branch,
  type Script,
  SESSION_NAMES,
  scriptOfLesson,
} from "../../../src/store/script.ts";
import type { RecId, SessionName } from "../../../src/trace/ids.ts";
import type { Step } from "../../../src/trace/scenario.ts";
import fixtures from "../../fixtures/links/v1.json" with { type: "json" };
import { mutations } from "./mutations.ts";

const A = "A" as SessionName;

function pageOfLesson(id: string): LinkedPage {
  const lesson = LESSONS.find((one) => one.id === id) ?? LESSONS[0];
  if (lesson === undefined) throw new Error("there are no lessons");
  return {
    script: scriptOfLesson(lesson),
    texts: lesson.editors,
    position: 40,
    selection: { kind: "rec", id: 7 as RecId },
    language: "zh",
    layouts: { columns: { sessions: 36.2, stage: 63.8 } },
    stage: {
      arrangement: "versions",
      hidden: { versions: ["log"] },
      front: {},
      focused: null,
      sights: { locks: true },
    },
  };
}

/** Sixty statements of four sessions, no two alike, as somebody might have typed them. */
function longPage(): LinkedPage {
  const statements = Array.from({ length: 60 }, (_, n) => {
    const kinds = [
      `UPDATE accounts SET balance = balance - ${n * 7 + 3} WHERE id = ${n + 1}`,
      `SELECT id, balance FROM accounts WHERE balance > ${n * 13} FOR UPDATE`,
      `INSERT INTO transfers (source, target, amount) VALUES (${n}, ${n * 3 + 1}, ${n * 17})`,
      `DELETE FROM transfers WHERE amount BETWEEN ${n} AND ${n * 5}`,
      n % 8 < 4 ? "BEGIN" : "COMMIT",
    ];
    return kinds[(n * 7) % kinds.length] ?? "";
  });
  const steps: readonly Step[] = statements.map((sql, n) => ({
    session: SESSION_NAMES[n % 4] ?? A,
    sql,
  }));
  return {
    ...pageOfLesson("gap-locks"),
    script: {
      lesson: null,
      sessions: SESSION_NAMES,
      scenario: {
        id: "mine",
        setup: [
          "CREATE TABLE accounts (id INT PRIMARY KEY, owner VARCHAR(40), balance BIGINT, KEY owner (owner))",
          "CREATE TABLE transfers (id INT AUTO_INCREMENT PRIMARY KEY, source INT, target INT, amount BIGINT)",
          "INSERT INTO accounts VALUES (1, 'Ada', 100), (2, 'Grace', 250), (3, 'Edsger', 75)",
        ],
        steps,
      },
    },
    texts: Object.fromEntries(
      SESSION_NAMES.map((name, at) => [
        name,
        `${statements.filter((_, n) => n % 4 === at).join(";\n")};`,
      ]),
    ),
  };
}

/** Only sessions that there are, statements that are texts, a place that can be, panes with room. */
function isSound({ script, texts, position, layouts }: LinkedPage): boolean {
  const { setup, steps } = script.scenario;
  return (
    script.sessions.every((name) => SESSION_NAMES.includes(name)) &&
    setup.length + steps.length <= 2000 &&
    setup.every((sql) => typeof sql === "string") &&
    steps.every((step) => "advance" in step || SESSION_NAMES.includes(step.session)) &&
    steps.every((step) => !("sql" in step) || typeof step.sql === "string") &&
    Object.values(texts).every((text) => typeof text === "string") &&
    (position === null || (Number.isInteger(position) && position >= 0)) &&
    Object.values(layouts).every((sizes) =>
      Object.values(sizes).every((size) => size > 0 && size < 100),
    )
  );
}

describe("a link", () => {
  it("brings back what was put in", () => {
    for (const page of [...LESSONS.map((lesson) => pageOfLesson(lesson.id)), longPage()]) {
      const layouts = { columns: { sessions: 36, stage: 64 } };
      const { title: _, tags: __, ...scenario } = page.script.scenario;
      expect(readFragment(fragmentOf(page))).toEqual({
        kind: "page",
        page: { ...page, layouts, script: { ...page.script, scenario } },
      });
    }
  });

  it("has fewer than 400 letters for the standard example, and fewer than 2,000 for sixty statements", () => {
    expect(fragmentOf(pageOfLesson("gap-locks")).length).toBeLessThan(400);
    expect(longPage().script.scenario.steps).toHaveLength(60);
    expect(fragmentOf(longPage()).length).toBeLessThan(2000);
  });

  it("carries the futures that were left and the log that was opened, where it stays short", () => {
    const { script: plain, texts, ...look } = pageOfLesson("deadlock");
    const { title: _, tags: __, ...scenario } = plain.scenario;
    const script: Script = { ...plain, scenario, log: "*** (1) TRANSACTION:\nTRANSACTION 5" };
    const { log: ___, ...own } = script;
    const future = (sql: string, setup = scenario.setup): Branch["script"] => ({
      ...own,
      sessions: ["A", "B", "C"] as readonly string[] as readonly SessionName[],
      scenario: { ...scenario, setup, steps: [{ session: "C" as SessionName, sql }] },
    });
    const branches: readonly Branch[] = [
      { id: 1, script: future("SELECT 1"), at: null },
      { id: 2, script: future("SELECT 2", ["CREATE TABLE other (id INT)"]), at: null },
    ];
    const page = { ...createPageStore().getState(), script, texts, branches };
    const read = (most: number) => {
      const { fragment, left } = fullFragmentOfPage(page, look, most);
      const reading = readFragment(fragment);
      if (reading.kind !== "page") throw new Error(reading.kind);
      return { page: reading.page, left, length: fragment.length };
    };
    const whole = read(2000);
    expect(whole.page.branches).toEqual(branches);
    expect(whole.page.script).toEqual(script);
    expect(whole.left).toEqual({ futures: 0, hasLog: false });
    const less = read(whole.length - 1);
    expect(less.page.branches).toBeUndefined();
    expect(less.page.script.log).toBe(script.log);
    expect(less.left).toEqual({ futures: 2, hasLog: false });
    const least = read(10);
    expect(least.page.script).toEqual(own);
    expect(least.left).toEqual({ futures: 2, hasLog: true });
  });

  it("keeps opening when it is old", () => {
    expect(fixtures.length).toBeGreaterThan(3);
    for (const { fragment, page } of fixtures) {
      expect(readFragment(fragment)).toEqual({ kind: "page", page });
    }
  });

  it("says what is wrong with it", () => {
    const link = fragmentOf(pageOfLesson("gap-locks"));
    expect(readFragment("#/fidelity")).toEqual({ kind: "none" });
    expect(readFragment(`#s=2${link.slice(4)}`)).toEqual({ kind: "fault", fault: "version" });
    expect(readFragment(link.slice(0, -9))).toEqual({ kind: "fault", fault: "damaged" });
    expect(readFragment("#s=garbage123")).toEqual({ kind: "fault", fault: "damaged" });
    expect(readFragment("#s=")).toEqual({ kind: "fault", fault: "damaged" });
    expect(readFragment(`${link}${"A".repeat(200_000)}`)).toEqual({
      kind: "fault",
      fault: "large",
    });
    for (const text of ["", "[]", "null", '"x"', "{", '{"setup":[],"steps":[7]}', '{"steps":[]}']) {
      expect(readFragment(`#s=${lettersOf(text)}`)).toEqual({ kind: "fault", fault: "scenario" });
    }
  });

  it("inflates to a bounded size", () => {
    const bomb = " ".repeat(20 * TEXT_BYTES_MAX);
    expect(deflateSync(new TextEncoder().encode(bomb)).length).toBeLessThan(30_000);
    expect(textOfLetters(lettersOf(bomb))).toBe("large");
    const most = " ".repeat(TEXT_BYTES_MAX);
    expect(textOfLetters(lettersOf(most))).toEqual({ text: most });
  });

  it("is read to a page or a reason after any of 100,000 mutations", { timeout: 120_000 }, () => {
    const links = [fragmentOf(pageOfLesson("gap-locks")), fragmentOf(longPage())];
    const seen = new Set<string>();
    let mutants = 0;
    for (const mutant of mutations(links, 100_000)) {
      const reading = readFragment(mutant);
      mutants += 1;
      if (reading.kind !== "page") {
        seen.add(reading.kind === "fault" ? reading.fault : reading.kind);
        continue;
      }
      seen.add("page");
      if (!isSound(reading.page)) throw new Error(`let through: ${mutant}`);
    }
    expect(mutants).toBe(100_000);
    // The fuzz reaches behind the check of the letters: each end of the road has been seen.
    expect([...seen].sort()).toEqual(["damaged", "none", "page", "scenario", "version"]);
  });
});
