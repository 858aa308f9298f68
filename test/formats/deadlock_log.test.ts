/** Deadlock logs of a real MySQL 9.7.4 and of our own server come back to the same deadlock; other forms of the log are read. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { replayScenario } from "../../src/cli/replay_scenario.ts";
import { detectFormat } from "../../src/formats/import_text.ts";
import { readRecorded } from "../conformance/transcript.ts";
import { shapeAsIn, shapeOf, statusAfterOpening } from "./deadlock_shape.ts";
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

  /** Without its table the log does not say which number is which value. */
  const ENUM = "enum-state.txt";

  it("has logs of its own", () => expect(own.length).toBe(46));

  it.each(own)("%s comes to the same deadlock, with its tables and without", (file) => {
    const text = readFileSync(`test/formats/deadlock_logs/${file}`, "utf8");
    const [log = ""] = text.split("\nCREATE TABLE");
    expect(shapeAsIn(log, statusAfterOpening(text))).toEqual(shapeOf(log));
    if (file !== ENUM) expect(shapeAsIn(log, statusAfterOpening(log))).toEqual(shapeOf(log));
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
    expect(logs.length).toBeGreaterThan(20);
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
    ["quoted in a mail", whole.replace(/^/gm, "> ")],
    ["quoted twice", `On Monday Ada wrote:\n${whole.replace(/^/gm, ">> ")}`],
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

  it.each(samples)("%s without its lines of threads has its statements still", (id) => {
    const log = sample(id);
    const without = log.replace(/^(?:MySQL thread id|mysql tables in use) .*\n/gm, "");
    expect(shapeOf(statusAfterOpening(without))).toEqual(shapeOf(log));
    expect(remarkLines(only(without)).join("\n")).not.toMatch(/noStatement|nothingToRun|thread/);
  });

  const deadlock = (waits: readonly string[], holds: readonly string[], ends = "") => {
    const trx = (number: number, sql: string, lock: string | undefined, held: string) =>
      [
        `*** (${number}) TRANSACTION:\nTRANSACTION ${900 + number}, ACTIVE 3 sec\n${sql}`,
        ...(held === "" ? [] : [`*** (${number}) HOLDS THE LOCK(S):\n${held}`]),
        ...(lock ? [`*** (${number}) WAITING FOR THIS LOCK TO BE GRANTED:\n${lock} waiting`] : []),
      ].join("\n");
    return (one: string, other: string): string =>
      `${trx(1, one, waits[0], holds[0] ?? "")}\n${trx(2, other, waits[1], holds[1] ?? "")}\n${ends}`;
  };
  const lock = (trx: number, rest: string) =>
    `RECORD LOCKS space id 2 page no 4 n bits 72 index PRIMARY of table \`shop\`.\`t\` trx id ${trx} lock_mode X ${rest}`;
  const only1 = "locks rec but not gap";
  const insert = "locks gap before rec insert intention";

  it.each([
    [
      "no records",
      deadlock(
        [lock(901, only1), lock(902, only1)],
        ["", lock(902, only1)],
        "*** WE ROLL BACK TRANSACTION (1)",
      )("UPDATE t SET n = 2 WHERE id = 5", "UPDATE t SET n = 3 WHERE k = 1 AND id = 6"),
      ["guessedRecord: (1) X,REC_NOT_GAP on t.PRIMARY @ 5", "guessedRecord: (2) X,REC_NOT_GAP on"],
      ["holds X recNotGap", "A"],
    ],
    [
      "the end missing",
      deadlock([lock(901, only1)], ["", lock(902, only1)])(
        "UPDATE t SET s = 'x' WHERE name = 'b'",
        "DELETE FROM t WHERE name = 'a'",
      ),
      ["guessedWait: (2) X,REC_NOT_GAP on t.PRIMARY", "noVictim: (1), (2)", "PRIMARY @ a"],
      ["holds X recNotGap", null],
    ],
    [
      "the records of a gap",
      deadlock([lock(901, insert), lock(902, insert)], ["", lock(902, "locks gap before rec")])(
        "INSERT INTO t (id, n) VALUES (8, 1)",
        "INSERT INTO t (id, n) VALUES (9, 1)",
      ),
      ["PRIMARY @ 19", "noVictim: (1), (2)"],
      ["insert intention on t.PRIMARY", null],
    ],
  ])("%s: what the statements say is taken, and that is said", (_, log, said, [shape, victim]) => {
    const opened = only(log);
    for (const one of said) expect(remarkLines(opened).join("\n")).toContain(one);
    expect(opened.deadlock?.victim).toBe(victim);
    const came = shapeOf(statusAfterOpening(log));
    expect(came).toHaveLength(2);
    expect(came.join()).toContain(shape);
    if (victim === "A") expect(came[0]).toContain("rolled back");
  });

  it("a name that is compared with text does not stand where the records have a number", () => {
    const record = (heap: number, id: string, status: string) =>
      [
        `Record lock, heap no ${heap} PHYSICAL RECORD: n_fields 5; compact format; info bits 0`,
        ` 0: len 4; hex ${id}; asc     ;;`,
        " 1: len 6; hex 000000066ff1; asc     o ;;",
        " 2: len 7; hex 01000001510151; asc     Q Q;;",
        " 3: len 4; hex 80000064; asc    d;;",
        ` 4: len ${status.length}; hex ${Buffer.from(status).toString("hex")}; asc ${status};;`,
        "",
      ].join("\n");
    const locks = (trx: number, wait: string) =>
      `RECORD LOCKS space id 62 page no 4 n bits 80 index PRIMARY of table \`shop\`.\`orders\` trx id ${trx} lock_mode X locks rec but not gap${wait}`;
    const [three, seven] = [record(4, "80000003", "PAID"), record(8, "80000007", "SHIPPED")];
    const transaction = (at: number, trx: number, sql: string, own: string, other: string) =>
      [
        `*** (${at}) TRANSACTION:`,
        `TRANSACTION ${trx}, ACTIVE 4 sec starting index read`,
        "mysql tables in use 1, locked 1",
        "LOCK WAIT 3 lock struct(s), heap size 1128, 2 row lock(s), undo log entries 1",
        `MySQL thread id ${trx}, OS thread handle 139759, query id 9911 10.0.0.5 app updating`,
        sql,
        "",
        `*** (${at}) HOLDS THE LOCK(S):`,
        locks(trx, ""),
        own,
        "",
        `*** (${at}) WAITING FOR THIS LOCK TO BE GRANTED:`,
        locks(trx, " waiting"),
        other,
        "",
      ].join("\n");
    const log = [
      "LATEST DETECTED DEADLOCK",
      "------------------------",
      "2026-11-20 09:13:51 0x7f1c5c1fb700",
      transaction(1, 421873, "UPDATE orders SET status='PAID' WHERE id=7", three, seven),
      transaction(2, 421874, "UPDATE orders SET status='SHIPPED' WHERE id=3", seven, three),
      "*** WE ROLL BACK TRANSACTION (2)",
    ].join("\n");
    expect(only(log).scenario.setup[0]).toMatch(
      /id INT NOT NULL,\s+c1 INT,\s+status VARCHAR\(255\),/,
    );
  });

  it("where nothing tells which row it was, that is said", () => {
    const log = deadlock([lock(901, only1)], [])("UPDATE t SET n = 2 WHERE n > 5", "COMMIT");
    const remarks = remarkLines(only(log)).join("\n");
    expect(remarks).toContain("noRecord: (1) X,REC_NOT_GAP on t.PRIMARY");
    expect(remarks).toContain("noWait: (2) COMMIT");
    expect(remarks).toContain("nothingToRun: (2) COMMIT");
  });

  it("one that has undo entries is made to change a row by the index that it locked, and weighs what it did", () => {
    const text = readFileSync("test/formats/deadlock_logs/secondary-swap.txt", "utf8");
    const [log = ""] = text.split("\nCREATE TABLE");
    for (const one of [text, log]) {
      const { scenario } = only(one);
      const played = replayScenario(scenario);
      const updates = played.steps.filter((step) => /^update/i.test(step.sql ?? ""));
      expect(updates.length).toBe(4);
      expect(updates.filter((step) => step.affected === 0)).toEqual([]);
      const counts = /\d+ lock struct.*undo log entries 1$/gm;
      const plain = (lines: readonly string[] | null) =>
        lines?.map((line) => line.replace(/, heap size \d+/, ""));
      const [section = ""] = statusAfterOpening(one).split("\nTRANSACTIONS\n");
      expect(plain(section.match(counts))).toEqual(plain(log.match(counts)));
    }
  });

  it("one that has undo entries writes, and the log's victim is the victim for its reason", () => {
    const log = readFileSync("test/formats/deadlock_logs/bank-transfer.txt", "utf8");
    const [, other = ""] = /WE ROLL BACK TRANSACTION \((\d)\)/.exec(log) ?? [];
    const turned = log
      .replace(/(?<=TRANSACTION |trx id )(\d+)/g, "77$1")
      .replace(
        /WE ROLL BACK TRANSACTION \(\d\)/,
        `WE ROLL BACK TRANSACTION (${3 - Number(other)})`,
      );
    const lines = stepLines(only(turned)).filter((line) => /made up|other_work/.test(line));
    expect(lines.filter((line) => /: (?:UPDATE|INSERT)/.test(line)).length).toBeGreaterThan(2);
    expect(lines.join("\n")).not.toContain("FOR UPDATE");
    expect(shapeOf(statusAfterOpening(turned))).toEqual(shapeOf(turned));
  });

  it("S on a parent's record alone, by one that has written, is the check of a foreign key", () => {
    const text = readFileSync("test/formats/deadlock_logs/order-items.txt", "utf8");
    const [log = ""] = text.split("\nCREATE TABLE");
    const made = (given: string): readonly string[] =>
      stepLines(only(given)).filter((line) => /made up|other_work/.test(line));
    expect(made(text)).toEqual([
      "A: INSERT INTO order_item (id, order_id, product_id, qty) VALUES (DEFAULT, 1042, 1, 0) /* made up */",
      "B: INSERT INTO order_item (id, order_id, product_id, qty) VALUES (DEFAULT, 1042, 2, 0) /* made up */",
    ]);
    expect(made(log)).toContain(
      "A: INSERT INTO orders_child (id, orders_id) VALUES (DEFAULT, 1042) /* made up */",
    );
    const single = log.replaceAll("mysql tables in use 3", "mysql tables in use 1");
    expect(made(single).join("\n")).toContain("WHERE id = 1042 FOR SHARE /* made up */");
  });

  it("rows that stand for other work are not called what took a lock", () => {
    const text = readFileSync("test/formats/deadlock_logs/job-queue.txt", "utf8");
    const opened = only(text);
    expect(stepLines(opened)).toContain("A: INSERT INTO other_work VALUES (1000)");
    const remarks = remarkLines(opened).filter((line) => line.includes("other_work"));
    expect(remarks.map((line) => line.replace(/^\d+ /, ""))).toEqual([
      "weight: (1) INSERT INTO other_work VALUES (1000)",
    ]);
  });

  it("columns are guessed by what the statements do with them", () => {
    const guess = (file: string): string => {
      const text = readFileSync(`test/formats/deadlock_logs/${file}.txt`, "utf8");
      const { scenario } = only(text.split("\nCREATE TABLE")[0] ?? "");
      return String(scenario.setup?.find((sql) => sql.startsWith("CREATE"))).replace(/\s+/g, " ");
    };
    expect(guess("order-items")).toContain("total DECIMAL(12,2), status VARCHAR(255)");
    expect(guess("upsert-setting")).toContain("UNIQUE KEY uk_user_name (user_id, name)");
    expect(guess("two-part-key")).toContain("PRIMARY KEY (tenant_id, id)");
    expect(guess("uuid-key")).toContain("id BINARY(16) NOT NULL");
    expect(guess("delete-older")).toContain("KEY ix_created (created_at)");
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
