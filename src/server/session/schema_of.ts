/** The schema that a name without one is of. */
import { mysqlError } from "../errors.ts";
import type { Session } from "./session.ts";

/** Throws 1046 when no database is chosen. */
export function schemaOf(session: Session, written: string | null): string {
  const schema = written ?? session.database;
  if (schema === "") throw mysqlError("ER_NO_DB_ERROR");
  return schema;
}
