/**
 * What the processlist shows for a session that waits for a metadata lock; other waits show what the statement was doing.
 *
 * MySQL: sql/mdl.cc: MDL_key::get_wait_state_name (MDL_key::m_namespace_to_wait_state_name).
 */
import { unreachable } from "../../base/assert.ts";
import type { MdlNamespace } from "../../trace/state.ts";

export function waitStateOf(namespace: MdlNamespace): string {
  switch (namespace) {
    case "GLOBAL":
      return "Waiting for global read lock";
    case "COMMIT":
      return "Waiting for commit lock";
    case "BACKUP LOCK":
      return "Waiting for backup lock";
    case "SCHEMA":
      return "Waiting for schema metadata lock";
    case "TABLE":
      return "Waiting for table metadata lock";
    case "FUNCTION":
      return "Waiting for stored function metadata lock";
    case "PROCEDURE":
      return "Waiting for stored procedure metadata lock";
    case "TRIGGER":
      return "Waiting for trigger metadata lock";
    case "USER LEVEL LOCK":
      return "User lock";
    case "FOREIGN KEY":
      return "Waiting for foreign key metadata lock";
    case "CHECK CONSTRAINT":
      return "Waiting for check constraint metadata lock";
    default:
      return unreachable(namespace);
  }
}
