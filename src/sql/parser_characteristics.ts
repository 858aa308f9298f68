/**
 * What a routine says of itself between its parameters and its body, and ALTER PROCEDURE and FUNCTION, which change that.
 *
 * MySQL: sql/sql_yacc.yy: sp_c_chistics, sp_a_chistics.
 */

import type { AlterRoutine, RoutineTraits } from "./ast_routine.ts";
import type { Cursor } from "./cursor.ts";

export const NO_TRAITS: RoutineTraits = {
  definer: null,
  deterministic: false,
  access: "CONTAINS SQL",
  security: "DEFINER",
  comment: "",
};

/** Reads the words between the parameters and the body; ALTER knows nothing of DETERMINISTIC. */
export function characteristics(cursor: Cursor, isAlter = false): Partial<RoutineTraits> {
  let traits: Partial<RoutineTraits> = {};
  for (;;) {
    const one = characteristic(cursor, isAlter);
    if (one === null) return traits;
    traits = { ...traits, ...one };
  }
}

function characteristic(cursor: Cursor, isAlter: boolean): Partial<RoutineTraits> | null {
  if (cursor.accept("COMMENT")) return { comment: cursor.string() };
  if (cursor.accept("LANGUAGE")) {
    cursor.expect("SQL");
    return {};
  }
  if (cursor.acceptPair("SQL", "SECURITY")) {
    return { security: cursor.expectOne(["DEFINER", "INVOKER"]) as RoutineTraits["security"] };
  }
  const data = cursor.acceptOne(["READS", "MODIFIES"]);
  if (data !== null) {
    cursor.expect("SQL");
    cursor.expect("DATA");
    return { access: `${data} SQL DATA` as RoutineTraits["access"] };
  }
  if (cursor.acceptPair("CONTAINS", "SQL")) return { access: "CONTAINS SQL" };
  if (cursor.acceptPair("NO", "SQL")) return { access: "NO SQL" };
  if (isAlter) return null;
  if (cursor.accept("NOT")) {
    cursor.expect("DETERMINISTIC");
    return { deterministic: false };
  }
  return cursor.accept("DETERMINISTIC") ? { deterministic: true } : null;
}

/** Reads ALTER PROCEDURE or ALTER FUNCTION. */
export function alterRoutine(cursor: Cursor): AlterRoutine {
  const { start } = cursor.advance();
  const routine = cursor.expectOne(["PROCEDURE", "FUNCTION"]) as AlterRoutine["routine"];
  const name = cursor.tableName();
  const traits = characteristics(cursor, true);
  return { kind: "alterRoutine", span: cursor.span(start), routine, name, traits };
}
