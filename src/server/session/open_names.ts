/**
 * Opening what a statement names, views among it. A name means what it means when its metadata lock is granted: definitions
 * that others change while the statement waits are read anew.
 *
 * MySQL: open_tables opens a view when its turn comes, and reads its definition then; lock_table_names.
 */
import type { Exec } from "../context.ts";
import { type NamingStatement, type Reading, readNames } from "../exec/read_views.ts";
import { checkViews } from "./checked_views.ts";
import { beginOpening, type Opening, type OpeningWays, openInTurn } from "./open_tables.ts";
import { readAnew } from "./parse_one.ts";
import type { StatementExecution } from "./statement_execution.ts";

/** What it was read as when all was open. Throws what it is refused with. */
export function* openNames<S extends NamingStatement>(
  execution: StatementExecution,
  written: S,
  ways: OpeningWays = {},
): Exec<Reading<S>> {
  const reading = readNow(execution, written);
  const opening = beginOpening(execution.owner, reading.uses);
  return yield* openReading(execution, written, reading, opening, ways);
}

/** The same for a statement of which some tables were opened at once. */
export function* openReading<S extends NamingStatement>(
  execution: StatementExecution,
  written: S,
  first: Reading<S>,
  opening: Opening,
  ways: OpeningWays = {},
): Exec<Reading<S>> {
  const { server, owner } = execution;
  let reading = first;
  const namesAgain = (): Reading<S>["uses"] => {
    reading = readNow(execution, writtenAnew(execution, written));
    return reading.uses;
  };
  yield* openInTurn(server, owner, first.uses, opening, { ...ways, namesAgain });
  if (reading.failure !== null) {
    execution.openObjects(reading.uses);
    throw reading.failure;
  }
  checkViews(execution, reading.views);
  return reading;
}

function readNow<S extends NamingStatement>(
  execution: StatementExecution,
  statement: S,
): Reading<S> {
  return readNames(execution.viewPlace, statement);
}

/** What was resolved under the old definitions is nothing any more: a kept statement is parsed again. */
function writtenAnew<S extends NamingStatement>(execution: StatementExecution, written: S): S {
  return execution.resolution === null ? written : readAnew(execution, written);
}
