/** One table of information_schema, performance_schema or sys. */
import type { Datum } from "../../innodb/api.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";

export interface SchemaTable {
  readonly name: string;
  /** Column names; `#` in front marks a whole number, `@` a DATETIME, the others are text. */
  readonly columns: readonly string[];
  /** In the order of `columns`. */
  readonly rows: (server: Server, session: Session) => readonly (readonly Datum[])[];
}
