/** Deadlock logs of a real MySQL 9.7.4 and of our own server come back to the same deadlock; other forms of the log are read. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { replayScenario } from "../../src/cli/replay_scenario.ts";
import { detectFormat } from "../../src/formats/import_text.ts";
import { readRecorded } from "../conformance/transcript.ts";
import { shapeOf, statusAfterOpening } from "./deadlock_shape.ts";
import { only, read, remarkLines, scenarios, stepLines } from "./imported_text.ts";

const FOLDER = "test/conformance/transcripts/status";
/** A range read in the log has more locks than are printed, so the other one weighs less here. */
const OTHER_VICTIM = "deadlock-range-order";
const samples = readdirSync(FOLDER)
  .map((name) => name.replace(/\.txt$/, ""))
  .filter((id) => !id.startsWith("mdl-") && id !== OTHER_VICTIM);
const recorded = new Map(
  readRecorded().map(({ transcript }) => [transcript.id, transcript] as const),
);

function sample(id: string): string {
  return readFileSync(`${FOLDER}/${id}.txt`, "utf8");
}

function setUpOf(id: string): readonly string[] {
  return (recorded.get(id) as unknown as { readonly setup: readonly string[] }).setup;
}

function tablesOf(id: string): string {
  const tables = setUpOf(id).filter((sql) => /^create table/i.test(sql));
  return tables.map((sql) => `${sql};\n`).join("");
}

describe("a deadlock log of MySQL", () => {
  it("has samples", () => expect(samples.length).toBe(29));

  it.each(samples)("%s comes to the same deadlock with its tables pasted above", (id) => {
    expect(shapeOf(statusAfterOpening(tablesOf(id) + sample(id)))).toEqual(shapeOf(sample(id)));
  });

  it.each(samples)("%s comes to the same deadlock with guessed tables", (id) => {
    const log = sample(id);
    expect(shapeOf(statusAfterOpening(log))).toEqual(shapeOf(log));
    expect(remarkLines(only(log)).join("\n")).toContain("guessedTable: CREATE TABLE");
  });

  const own = readdirSync("test/formats/deadlock_logs");

  it("has logs of its own", () => expect(own.length).toBe(9));

  it.each(own)("%s comes to the same deadlock, with its tables and without", (file) => {
    const text = readFileSync(`test/formats/deadlock_logs/${file}`, "utf8");
    const [log = ""] = text.split("\nCREATE TABLE");
    expect(shapeOf(statusAfterOpening(text))).toEqual(shapeOf(log));
    expect(shapeOf(statusAfterOpening(log))).toEqual(shapeOf(log));
  });

  it("of our own server comes back to itself", () => {
    const asked = { session: "H", sql: "SHOW ENGINE INNODB STATUS" };
    const logs = samples.map((id) => {
      const steps = (recorded.get(id)?.steps ?? []).map(({ session, sql, advance }) =>
        advance === undefined ? { session, sql } : { advance },
      );
      const played = replayScenario({ id, setup: setUpOf(id), steps: [...steps, asked] });
      return { id, log: played.steps.at(-1)?.rows?.[0]?.[2] ?? "" };
    });
    for (const { id, log } of logs) {
      expect(shapeOf(log).length, id).toBeGreaterThan(1);
      expect(shapeOf(statusAfterOpening(`${log}\n${tablesOf(id)}`)), id).toEqual(shapeOf(log));
    }
  });
});

describe("the forms of a deadlock log", () => {
  const whole = sample("deadlock-cross-1");
  const section = whole.slice(whole.indexOf("LATEST DETECTED"), whole.indexOf("\nTRANSACTIONS\n"));
  const tables = tablesOf("deadlock-cross-1");
  const steps = stepLines(only(tables + whole));

  it.each([
    ["only the section", section],
    ["from the first transaction on", section.slice(section.indexOf("*** (1)"))],
    [
      "\\G",
      `*************************** 1. row ***************************\n  Type: InnoDB\n  Name: \nStatus: ${whole}`,
    ],
    ["one line of the batch client", `InnoDB\t\t${whole.replaceAll("\n", "\\n")}`],
    [
      "the error log",
      section.replace(
        /^\*\*\* /gm,
        "2026-11-21T01:14:42.123456Z 8456 [Note] [MY-012469] [InnoDB] *** ",
      ),
    ],
  ])("%s opens as the whole one does", (_form, text) => {
    expect(detectFormat(text)).toBe("deadlockLog");
    expect(stepLines(only(`${text}\n${tables}`))).toEqual(steps);
  });

  it("5.7 does not say what the first one holds: it is what the other waits for", () => {
    const old = section.replace(/\*\*\* \(1\) HOLDS[\s\S]*?(?=\*\*\* \(1\) WAITING)/, "");
    expect(old).not.toContain("(1) HOLDS");
    expect(shapeOf(statusAfterOpening(tables + old))).toEqual(shapeOf(whole));
  });

  it("records of every type are read and printed as the server prints them", () => {
    const log = readFileSync("test/formats/deadlock_logs/types.txt", "utf8");
    const fields = (text: string): readonly string[] =>
      text.split("\n").filter((line) => /^ \d+: /.test(line) && !/^ [12]: /.test(line));
    expect(fields(log).length).toBe(96);
    expect(fields(statusAfterOpening(log))).toEqual(fields(log));
  });

  it("each deadlock of an error log is a scenario", () => {
    expect(scenarios(`${section}\n${section}`).length).toBe(2);
  });

  it("a statement that is cut off is made up, and that is said", () => {
    const cut = section.replace(/^UPDATE .*$/m, "UPDATE t SET v = (SELECT");
    const opened = only(tables + cut);
    expect(remarkLines(opened).some((line) => line.includes("noStatement: (1)"))).toBe(true);
    expect(shapeOf(statusAfterOpening(tables + cut))).toEqual(shapeOf(whole));
  });

  it("what is too short says what is missing", () => {
    const missing = (text: string): unknown => {
      const result = read(text);
      return result.kind === "incomplete" ? result.missing : result.kind;
    };
    expect(missing(whole.replace(/LATEST DETECTED[\s\S]*(?=\nTRANSACTIONS)/, ""))).toBe("deadlock");
    expect(missing(section.slice(0, section.indexOf("*** (2)")))).toBe("transactions");
    expect(missing(section.replace(/^RECORD LOCKS.*$/gm, ""))).toBe("locks");
  });

  it("never takes SQL for a log", () => {
    expect(detectFormat("SHOW ENGINE INNODB STATUS;\nSELECT 'LATEST DETECTED DEADLOCK';")).toBe(
      "plainSql",
    );
  });
});
