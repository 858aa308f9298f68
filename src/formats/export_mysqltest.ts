/**
 * A mysqltest script: what waited is sent and reaped, what failed is expected to fail, and before the script goes on behind
 * a statement that waits it asks the server whether it does.
 *
 *     connection con_b;
 *     send UPDATE t SET v = 2 WHERE id = 1;
 *     connection default;
 *     let $wait_condition = SELECT COUNT(*) = 1 FROM ... WHERE PROCESSLIST_ID = $id_b ...;
 *     --source include/wait_condition.inc
 *     connection con_a;
 *     COMMIT;
 *     connection con_b;
 *     reap;
 */
import { hasBody } from "../sql/compound.ts";
import { DISCONNECT, RECONNECT, type Scenario } from "../trace/scenario.ts";
import type { Outcome } from "../trace/state.ts";
import { type Ending, oneLine, type PlayedStep, sessionsOf } from "./played.ts";

export function mysqltestScript(scenario: Scenario, played: readonly PlayedStep[]): string {
  const script = new Script(scenario);
  for (const one of played) script.add(one);
  return script.text();
}

class Script {
  readonly #lines: string[];
  readonly #closed = new Set<string>();
  /** Steps that are waiting. */
  readonly #open = new Map<number, string>();
  #current = "default";
  #step = 0;

  constructor(scenario: Scenario) {
    const sessions = sessionsOf(scenario);
    this.#lines = [
      `# ${oneLine(scenario.title ?? scenario.id)}`,
      "# Written by Interleave. What is sent and reaped waited in its simulation of MySQL 9.7.",
      "",
      ...scenario.setup.map((sql) => whole(sql, statement(sql))),
      "",
      ...sessions.flatMap((name) => [
        `connect (${connection(name)}, localhost, root,,);`,
        `let $id_${name.toLowerCase()} = \`SELECT CONNECTION_ID()\`;`,
      ]),
      ...(sessions.length === 0 ? [] : ["connection default;"]),
      "",
    ];
  }

  add(one: PlayedStep): void {
    const { step } = one;
    this.#step += 1;
    if ("advance" in step) this.#lines.push(`--sleep ${step.advance}`);
    else if (!("sql" in step)) {
      this.#lines.push(
        `# step ${this.#step}: the simulated client of ${step.session}, not in mysqltest`,
      );
    } else if (step.sql === DISCONNECT) {
      this.#go("default");
      this.#lines.push(`disconnect ${connection(step.session)};`);
      this.#closed.add(step.session);
      for (const [at, session] of this.#open) if (session === step.session) this.#open.delete(at);
    } else if (step.sql === RECONNECT) {
      this.#go("default");
      this.#lines.push(`disconnect ${connection(step.session)};`);
      this.#lines.push(`connect (${connection(step.session)}, localhost, root,,);`);
      this.#lines.push("connection default;");
      this.#closed.delete(step.session);
    } else if (one.kind === "skipped") {
      this.#lines.push(`# step ${this.#step}: not run, ${step.session} was waiting or gone`);
      this.#lines.push(`#   ${oneLine(step.sql)}`);
    } else this.#run(one, step.session, step.sql);
    for (const ending of one.woken) this.#reap(ending);
  }

  text(): string {
    for (const session of new Set(this.#open.values())) {
      this.#lines.push(`# ${session} is still waiting here.`);
    }
    return `${this.#lines.join("\n").trimEnd()}\n`;
  }

  #run(one: PlayedStep, session: string, sql: string): void {
    this.#go(connection(session));
    const isEval = /\$\{[A-H]\}/.test(sql);
    const text = statement(sql).replace(
      /\$\{([A-H])\}/g,
      (_all, name: string) => `$id_${name.toLowerCase()}`,
    );
    if (one.kind === "blocked") {
      this.#open.set(this.#step - 1, session);
      this.#lines.push(whole(sql, `${isEval ? "send_eval" : "send"} ${text}`));
      this.#waitUntilItWaits(session);
      return;
    }
    this.#expect(one.outcome);
    // A statement may begin with a word that is a command of mysqltest's.
    const isAmbiguous = /^(connect|query|send|end|let|source|sleep|exec|skip|output)\b/i.test(text);
    this.#lines.push(whole(sql, isEval ? `eval ${text}` : isAmbiguous ? `query ${text}` : text));
  }

  #expect(outcome: Outcome | null): void {
    if (outcome?.kind === "error") this.#lines.push(`--error ${outcome.errno}`);
    if (outcome?.kind === "lost") this.#lines.push("--error 2006,2013,2026");
  }

  #reap({ step, session, outcome }: Ending): void {
    if (!this.#open.delete(step) || this.#closed.has(session)) return;
    this.#go(connection(session));
    this.#expect(outcome);
    this.#lines.push("reap;");
  }

  #waitUntilItWaits(session: string): void {
    this.#go("default");
    this.#lines.push(
      "let $wait_condition = SELECT COUNT(*) = 1 FROM performance_schema.threads t LEFT JOIN information_schema.innodb_trx x " +
        `ON x.trx_mysql_thread_id = t.PROCESSLIST_ID WHERE t.PROCESSLIST_ID = $id_${session.toLowerCase()} AND ` +
        "(x.trx_state = 'LOCK WAIT' OR t.PROCESSLIST_STATE LIKE 'Waiting%' OR t.PROCESSLIST_STATE LIKE 'User%');",
      "--source include/wait_condition.inc",
    );
  }

  #go(wanted: string): void {
    if (this.#current === wanted) return;
    this.#lines.push(`connection ${wanted};`);
    this.#current = wanted;
  }
}

function connection(session: string): string {
  return `con_${session.toLowerCase()}`;
}

/** Two dashes at the start of a line are a command to mysqltest, and # a comment. */
function statement(sql: string): string {
  const text = sql.replace(/^(\s*)(--\s[^\n]*|#[^\n]*)(?=\n|$)/gm, "").trim();
  return `${text.replace(/\n\s*\n/g, "\n")};`;
}

/** A command that ends with `;`, with another delimiter around it where the statement has semicolons of its own. */
function whole(sql: string, command: string): string {
  return hasBody(sql) ? `delimiter //;\n${command.slice(0, -1)} //\ndelimiter ;//` : command;
}
