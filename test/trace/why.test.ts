/** Why? Every lock, wait, grant, verdict, plan and error of the scenes has an answer, and it is as reviewed. */
import { describe, expect, it } from "vitest";
import { LESSONS } from "../../src/lessons/lessons.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { applyEvent } from "../../src/trace/apply.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import { explain } from "../../src/trace/explain.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { initialState } from "../../src/trace/initial_state.ts";
import { why } from "../../src/trace/why/why.ts";

const MUST_ANSWER = [
  "lock.granted",
  "lock.waiting",
  "lock.grantedAfterWait",
  "lock.alreadyHeld",
  "lock.refused",
  "lock.timedOut",
  "mdl.waiting",
  "mdl.granted",
  "readView.checked",
  "readView.opened",
  "plan.chosen",
  "deadlock.found",
];

function answers(id: string): readonly { event: TraceEvent; en: string[]; zh: string[] }[] {
  const lesson = LESSONS.find((each) => each.id === id);
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  expect(simulation.setup(lesson?.scenario.setup ?? [])).toBeNull();
  const start = events.length;
  for (const step of lesson?.scenario.steps ?? []) simulation.step(step);
  let state = initialState;
  return events.flatMap((event) => {
    state = applyEvent(state, event);
    if (event.seq < start) return [];
    const causeOf = (seq: number) => events[seq] ?? null;
    const said = (language: "en" | "zh"): string[] => {
      const answer = why(event, state, language, causeOf);
      if (answer === null) return [];
      const { functionName, file, manualUrl } = answer.source ?? {};
      expect(manualUrl ?? "https://dev.mysql.com/doc/refman/9.7/en/none.html").toMatch(
        /^https:\/\/dev\.mysql\.com\/doc\/refman\/9\.7\/en\/[a-z-]+\.html$/,
      );
      return [
        ...answer.rule,
        ...(language === "en"
          ? [functionName === undefined ? "[no source]" : `[${functionName}, ${file}]`]
          : []),
      ];
    };
    return [{ event, en: said("en"), zh: said("zh") }];
  });
}

describe("the answer to why", () => {
  it.each(LESSONS.map((lesson) => lesson.id))("in %s is as reviewed", async (id) => {
    const seen = new Set<string>();
    const lines = answers(id).flatMap(({ event, en, zh }) => {
      const isError = event.type === "statement.ended" && event.outcome.kind === "error";
      if (MUST_ANSWER.includes(event.type) || isError) {
        expect(en, `${event.type} ${event.seq}`).not.toEqual([]);
        expect(zh).toHaveLength(en.length - 1);
      }
      const text = [...en, ...zh].join("\n  ");
      if (text === "" || seen.has(text)) return [];
      seen.add(text);
      return [`${event.type}\n  ${text}\n`];
    });
    await expect(lines.join("\n")).toMatchFileSnapshot(`snapshots/why_${id}.txt`);
  });
});

/** Two sessions run the statements; the answers to what the last one waits for, or to the locks of `type`. */
function answersTo(
  setup: readonly string[],
  steps: readonly (readonly [string, string])[],
  type: TraceEvent["type"],
  startOptions: Readonly<Record<string, string>> = {},
): readonly { said: readonly string[]; sentence: string; manualUrl: string }[] {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event), startOptions });
  expect(simulation.setup(setup)).toBeNull();
  const start = events.length;
  for (const [session, sql] of steps) simulation.step({ session: session as SessionName, sql });
  let state = initialState;
  return events.flatMap((event) => {
    state = applyEvent(state, event);
    if (event.seq < start || event.type !== type) return [];
    const answer = why(event, state, "en", (seq) => events[seq] ?? null);
    if (answer === null) return [];
    const { manualUrl = "" } = answer.source ?? {};
    return [{ said: answer.rule, sentence: explain(event, "en"), manualUrl }];
  });
}

describe("a lock that a foreign key asks for", () => {
  const SETUP = [
    "CREATE TABLE customer (id INT PRIMARY KEY)",
    "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, CONSTRAINT fk_c FOREIGN KEY (customer_id) REFERENCES customer (id))",
    "CREATE TABLE parts (id INT PRIMARY KEY, order_id INT, CONSTRAINT fk_p FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE)",
    "INSERT INTO customer VALUES (1), (4)",
    "INSERT INTO orders VALUES (10, 1)",
    "INSERT INTO parts VALUES (100, 10)",
  ];
  const FOREIGN_KEYS = "https://dev.mysql.com/doc/refman/9.7/en/create-table-foreign-keys.html";
  const PARENT =
    "B inserts into orders, so the foreign key fk_c makes it check the parent in customer, with a shared lock (S,REC_NOT_GAP)";

  it("names the constraint and the parent, granted and waiting", () => {
    const insert = ["B", "INSERT INTO orders VALUES (12, 4)"] as const;
    const granted = answersTo(SETUP, [insert], "lock.granted");
    const check = granted.find(({ sentence }) => sentence.includes("on customer.PRIMARY 4"));
    expect(check?.said[0]).toContain(PARENT);
    expect(check?.sentence).toContain("the foreign key fk_c has the parent in customer checked");
    const removed = ["A", "DELETE FROM customer WHERE id = 4"] as const;
    const steps = [["A", "BEGIN"], removed, insert] as const;
    for (const type of ["lock.waiting", "statement.waiting"] as const) {
      const [wait] = answersTo(SETUP, steps, type);
      expect(wait?.said[0]).toContain(PARENT);
      expect(wait?.manualUrl).toBe(FOREIGN_KEYS);
    }
  });

  it("is named to who waits for it", () => {
    const steps = [
      ["B", "BEGIN"],
      ["B", "INSERT INTO orders VALUES (12, 4)"],
      ["A", "DELETE FROM customer WHERE id = 4"],
    ] as const;
    const [wait] = answersTo(SETUP, steps, "lock.waiting");
    expect(wait?.said[0]).toContain(PARENT);
  });

  it("is that of the children where the parent goes, refused or followed", () => {
    const refused = answersTo(SETUP, [["A", "DELETE FROM customer WHERE id = 1"]], "lock.granted");
    const followed = answersTo(SETUP, [["A", "DELETE FROM orders WHERE id = 10"]], "lock.granted");
    const first = (answers: typeof refused, on: string) =>
      answers.find(({ sentence }) => sentence.includes(on))?.said[0];
    expect(first(refused, "orders.fk_c")).toContain(
      "A deletes a row of customer, so the foreign key fk_c makes it look in orders",
    );
    expect(first(followed, "parts.fk_p")).toContain("(ON DELETE CASCADE)");
  });
});

describe("an error", () => {
  const SETUP = ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)"];
  const twice = ["A", "INSERT INTO t VALUES (1)"] as const;
  const endless =
    "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";
  const last = (...steps: readonly (readonly [string, string])[]) =>
    answersTo(SETUP, steps, "statement.ended").at(-1);

  it("outside a transaction leaves none that goes on", () => {
    expect(last(["A", "BEGIN"], twice)?.said[0]).toContain("the transaction and its locks stay");
    expect(last(twice)?.said[0]).toContain("With autocommit it was a transaction by itself");
    expect(last(["A", "SELECT nothing FROM t"])?.said[0]).not.toContain("the transaction goes on");
  });

  it("is quoted without a second full stop", () => {
    const { sentence = "" } = last(["A", endless]) ?? {};
    expect(sentence).toContain("ERROR 3636");
    expect(sentence).toMatch(/[^.]\.$/);
  });

  it("of the page's own limit is no rule of MySQL's", () => {
    const more = ["A", "SET cte_max_recursion_depth = 4000000000"] as const;
    const stopped = last(more, ["A", endless]);
    expect(stopped?.sentence).toContain("ERROR 1105");
    expect(stopped?.said[0]).toContain("This limit is Interleave's own");
    expect(stopped?.manualUrl).toBe("");
  });
});

describe("a wait for nobody's lock", () => {
  it("is answered too", () => {
    const [asleep] = answersTo([], [["A", "SELECT SLEEP(5)"]], "statement.waiting");
    expect(asleep?.said[0]).toContain("no lock is in its way");
    expect(asleep?.manualUrl).toBe("");
  });
});

describe("a wait to insert", () => {
  const QUEUE = [
    "CREATE TABLE jobs (id INT PRIMARY KEY, status VARCHAR(8), KEY (status))",
    "INSERT INTO jobs VALUES (1, 'done'), (2, 'new'), (3, 'new')",
  ];
  const take = "SELECT id FROM jobs WHERE status = 'new' LIMIT 1 FOR UPDATE SKIP LOCKED";
  const waiting = (...steps: readonly (readonly [string, string])[]) =>
    answersTo(QUEUE, steps, "statement.waiting").at(-1)?.said.join(" ");

  it("of an UPDATE is told as what it is: a new entry in the index of the column that it changes", () => {
    const said = waiting(
      ["A", "BEGIN"],
      ["A", take],
      ["B", "BEGIN"],
      ["B", take],
      ["B", "UPDATE jobs SET status = 'done' WHERE id = 3"],
    );
    expect(said).toContain("No row is inserted, but the UPDATE changes a column of an index");
    expect(said).toContain("into jobs.status");
    expect(said).toContain("A next-key lock covers its record and the gap before it");
    expect(said).not.toContain("An INSERT asks");
    expect(said).not.toContain("Gap locks do not exclude");
  });

  it("of a trigger or a procedure is not told as that of the statement that set it off", () => {
    const setup = [
      "CREATE TABLE log (id INT PRIMARY KEY)",
      "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
      "INSERT INTO t VALUES (1, 1)",
      "CREATE TRIGGER written AFTER UPDATE ON t FOR EACH ROW INSERT INTO log VALUES (NEW.v)",
      "CREATE PROCEDURE write_log(n INT) INSERT INTO log VALUES (n)",
    ];
    const said = (sql: string) =>
      answersTo(
        setup,
        [
          ["A", "BEGIN"],
          ["A", "SELECT * FROM log FOR UPDATE"],
          ["B", sql],
        ],
        "statement.waiting",
      )
        .at(-1)
        ?.said.join(" ");
    for (const sql of ["UPDATE t SET v = 5", "CALL write_log(5)"]) {
      expect(said(sql)).toContain("The statement's work puts an entry into log");
      expect(said(sql)).not.toContain("the UPDATE changes a column");
    }
    expect(said("INSERT INTO log VALUES (5)")).toContain("An INSERT asks");
  });

  it("behind a reader that got nothing by SKIP LOCKED says what it left behind", () => {
    const empty = take.replace("'new'", "'wait'");
    const said = waiting(
      ["A", "BEGIN"],
      ["A", empty],
      ["B", "INSERT INTO jobs VALUES (9, 'wait')"],
    );
    expect(said).toContain("A got it with SKIP LOCKED");
    expect(said).toContain("An INSERT asks");
    expect(said).toContain("Gap locks do not exclude each other");
  });
});

describe("what ends a wait for tables", () => {
  const SETUP = ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)"];
  const last = (...steps: readonly (readonly [string, string])[]) =>
    answersTo(SETUP, steps, "statement.waiting").at(-1)?.said.join(" ");

  it("is what gives back the lock in the way, and no COMMIT where that does not", () => {
    const update = ["B", "UPDATE t SET id = 2"] as const;
    const alter = ["B", "ALTER TABLE t ADD v INT"] as const;
    const unlock =
      "B goes on after UNLOCK TABLES or a disconnect in A (COMMIT does not release it)";
    for (const sql of [
      "LOCK TABLES t READ",
      "FLUSH TABLES WITH READ LOCK",
      "FLUSH TABLES t WITH READ LOCK",
    ]) {
      expect(last(["A", sql], update), sql).toContain(unlock);
    }
    expect(last(["A", "LOCK INSTANCE FOR BACKUP"], alter)).toContain("UNLOCK INSTANCE");
    expect(last(["A", "HANDLER t OPEN"], alter)).toContain("HANDLER ... CLOSE");
    expect(last(["A", "SELECT GET_LOCK('x', 9)"], ["B", "SELECT GET_LOCK('x', 9)"])).toContain(
      "RELEASE_LOCK or a disconnect in A",
    );
    const read = ["A", "SELECT * FROM t"] as const;
    expect(last(["A", "BEGIN"], read, alter)).toContain("COMMIT or ROLLBACK in A");
    expect(last(["A", "SELECT SLEEP(9) FROM t"], alter)).toContain("the end of what A runs");
    const flushed = last(["A", "SELECT SLEEP(9) FROM t"], ["B", "FLUSH TABLES t"]);
    expect(flushed).toContain("KILL QUERY of A");
  });

  it("is named at the root where a request that waits itself is in the way", () => {
    const steps = [
      ["A", "BEGIN"],
      ["A", "SELECT * FROM t"],
      ["B", "ALTER TABLE t ADD v INT"],
      ["C", "SELECT * FROM t"],
    ] as const;
    const said = answersTo(SETUP, steps, "statement.waiting").at(-1)?.said ?? [];
    expect(said.at(-2)).toContain("B's own wait");
    expect(said[0]).toBe(
      "C waits for B and B for A: first COMMIT or ROLLBACK in A, then B goes on, then C.",
    );
    expect(said.at(-1)).toBe("KILL QUERY of B lets C go on without it.");
    const [first] = answersTo(SETUP, steps, "statement.waiting");
    expect(first?.said.join()).not.toContain("KILL QUERY");
  });

  it("is asked of every holder", () => {
    const read = "LOCK TABLES t READ";
    expect(last(["A", read], ["C", read], ["B", "DELETE FROM t"])).toContain("in A and C");
  });
});

describe("how long a lock is kept", () => {
  const SETUP = [
    "CREATE TABLE t (id INT PRIMARY KEY)",
    "CREATE TABLE n (id INT PRIMARY KEY AUTO_INCREMENT)",
    "INSERT INTO t VALUES (1)",
  ];
  const UNLOCK = "UNLOCK TABLES or a disconnect (COMMIT does not release it)";
  const granted = (mode: string, ...sqls: readonly string[]) => {
    const steps = sqls.map((sql) => ["A", sql] as const);
    const of = (type: TraceEvent["type"]) => answersTo(SETUP, steps, type);
    const found = [...of("mdl.granted"), ...of("lock.granted")].find(({ sentence }) =>
      sentence.includes(mode),
    );
    return [found?.sentence ?? "", ...(found?.said ?? [])].join(" ");
  };

  it("is until UNLOCK TABLES of what LOCK TABLES and FLUSH TABLES WITH READ LOCK take", () => {
    const lock = granted("SHARED_READ_ONLY on TABLE", "LOCK TABLES t READ");
    expect(lock).toContain(`kept until ${UNLOCK}`);
    expect(lock).toContain(`It is held until ${UNLOCK}. BEGIN and another LOCK TABLES`);
    expect(lock).not.toContain("transaction");
    const flush = granted("SHARED_NO_WRITE", "FLUSH TABLES t WITH READ LOCK");
    expect(flush).toContain(`kept until ${UNLOCK}`);
    for (const mode of ["SHARED on GLOBAL", "SHARED on COMMIT"]) {
      const all = granted(mode, "FLUSH TABLES WITH READ LOCK");
      expect(all).toContain(`kept until ${UNLOCK}`);
      expect(all).not.toContain("BEGIN");
    }
    expect(granted("SHARED on GLOBAL", "SET GLOBAL read_only = ON")).toContain(
      "kept until the statement ends",
    );
  });

  it("is until it is given back by name of user level and backup locks", () => {
    expect(granted("EXCLUSIVE", "SELECT GET_LOCK('x', 1)")).toContain("until RELEASE_LOCK");
    expect(granted("BACKUP", "LOCK INSTANCE FOR BACKUP")).toContain("until UNLOCK INSTANCE");
  });

  it("is that of the transaction, which may be the statement alone", () => {
    const read = "SELECT * FROM t";
    expect(granted("SHARED_READ", "BEGIN", read)).toContain("It is held until the transaction");
    expect(granted("SHARED_READ", read)).toContain("It is held until the statement ends");
    expect(granted("SHARED_READ", "SET autocommit = 0", read)).toContain(
      "It is held until the transaction ends",
    );
  });

  it("is the statement's for AUTO_INC, and the end of a wait for it", () => {
    const insert = "INSERT INTO n SELECT NULL FROM t";
    const lock = answersTo(SETUP, [["A", insert]], "lock.granted", {
      innodb_autoinc_lock_mode: "1",
    }).find(({ sentence }) => sentence.includes("AUTO_INC on n"));
    expect(lock?.said.join()).toContain("until the statement ends, not the transaction");
  });

  it("ends a wait with COMMIT only where a transaction keeps the lock", () => {
    const update = ["A", "UPDATE t SET id = 2"] as const;
    const del = ["B", "DELETE FROM t"] as const;
    const [wait] = answersTo(SETUP, [["A", "BEGIN"], update, del], "lock.waiting");
    expect(wait?.said.join()).toContain("locks are kept until their transaction ends, so B goes");
    const steps = [["C", "BEGIN"], ["C", "SELECT * FROM t FOR SHARE"], update, del] as const;
    const behind = answersTo(SETUP, steps, "lock.waiting").at(-1)?.said.join();
    expect(behind).toContain(
      "What ends it: B goes on after COMMIT or ROLLBACK in C and the end of A's own wait, and of what it then does",
    );
  });
});

describe("the intention lock of a foreign key's check", () => {
  it("names the statement and the constraint", () => {
    const setup = [
      "CREATE TABLE customer (id INT PRIMARY KEY)",
      "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, CONSTRAINT fk_c FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE)",
      "INSERT INTO customer VALUES (4)",
    ];
    const insert = "INSERT INTO orders VALUES (12, 4)";
    const find = (sql: string, mode: string) =>
      answersTo(setup, [["B", sql]], "lock.granted").find(({ sentence }) =>
        sentence.includes(`table lock ${mode}`),
      );
    const check = find(insert, "IS on customer");
    expect(check?.sentence).toContain(
      "it inserts into orders, and the foreign key fk_c has the parent in customer checked",
    );
    expect(check?.said.slice(0, 2)).toEqual([
      "B inserts into orders, so the foreign key fk_c makes it look for the parent in customer: before it locks a record of customer, it takes IS on the table.",
      `The statement of B: ${insert}`,
    ]);
    const followed = find("DELETE FROM customer WHERE id = 4", "IX on orders");
    expect(followed?.said[0]).toContain(
      "the foreign key fk_c makes it follow the change in orders",
    );
    expect(find(insert, "IX on orders")?.said[0]).not.toContain("fk_c");
  });
});
