/** Where a session looks for the names of views. */
import { temporaryTable } from "../ddl/temporary.ts";
import type { ViewPlace } from "../exec/expand_views.ts";
import type { Server } from "../server.ts";
import type { Session } from "./session.ts";

export function viewPlaceOf({ catalog }: Server, session: Session): ViewPlace {
  const isTemporary = (schema: string, name: string) =>
    temporaryTable(session, schema, name) !== null;
  return { catalog, database: session.database, isTemporary };
}
