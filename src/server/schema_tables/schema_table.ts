/** One table of information_schema, performance_schema or sys. */
import type { Datum } from "../../innodb/api.ts";
import type { VirtualTable, Warning } from "../context.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";

export interface SchemaTable {
  readonly name: string;
  /** Column names; `#` in front marks a whole number, `@` a DATETIME, `?` an ENUM of YES and NO, the others are text. */
  readonly columns: readonly string[];
  /** In the order of `columns`. */
  readonly rows: (server: Server, session: Session) => readonly (readonly Datum[])[];
  /** UPDATE gives a row, by its place, a value in a column. Throws 1683 for one that is not to be changed. */
  readonly change?: (server: Server) => NonNullable<VirtualTable["change"]>;
  /** What a statement that names it is told. */
  readonly warning?: () => Warning;
  /** TRUNCATE. */
  readonly empty?: (server: Server) => () => void;
}
