/**
 * performance_schema.setup_instruments and setup_consumers, which UPDATE changes, and what cannot be changed here: setup_actors,
 * setup_objects.
 *
 * MySQL: storage/perfschema/table_setup_instruments.cc, table_setup_consumers.cc, table_setup_objects.cc.
 */
import type { Datum } from "../../innodb/api.ts";
import { mysqlError } from "../errors.ts";
import type { SchemaTable } from "./schema_table.ts";
import { setEnabled, switchesOf } from "./setup_switches.ts";

export const SETUP_TABLES: readonly SchemaTable[] = [
  {
    name: "setup_instruments",
    columns: ["NAME", "?ENABLED", "?TIMED", "PROPERTIES", "FLAGS", "#VOLATILITY", "DOCUMENTATION"],
    rows: (server) =>
      switchesOf(server).instruments.map(({ name, enabled, timed }) => [
        name,
        enabled,
        timed,
        name === "idle" ? "user" : "",
        null,
        0,
        null,
      ]),
    change: (server) => (row, column, value) => {
      const one = switchesOf(server).instruments[row];
      if (one === undefined) return;
      if (column === "ENABLED") setEnabled(server, one, flagOf(value));
      else if (column === "TIMED") one.timed = value === null ? null : flagOf(value);
      else throw mysqlError("ER_WRONG_PERFSCHEMA_USAGE");
    },
  },
  {
    name: "setup_consumers",
    columns: ["NAME", "?ENABLED"],
    rows: (server) => switchesOf(server).consumers.map(({ name, enabled }) => [name, enabled]),
    change: (server) => (row, column, value) => {
      const one = switchesOf(server).consumers[row];
      if (one === undefined) return;
      if (column !== "ENABLED") throw mysqlError("ER_WRONG_PERFSCHEMA_USAGE");
      setEnabled(server, one, flagOf(value));
    },
  },
  {
    name: "setup_actors",
    columns: ["HOST", "USER", "ROLE", "?ENABLED", "?HISTORY"],
    rows: () => [["%", "%", "%", 1, 1]],
  },
  {
    name: "setup_objects",
    columns: ["OBJECT_TYPE", "OBJECT_SCHEMA", "OBJECT_NAME", "?ENABLED", "?TIMED"],
    rows: () =>
      ["EVENT", "FUNCTION", "PROCEDURE", "TABLE", "TRIGGER"].flatMap((type) => [
        [type, "mysql", "%", 2, 2],
        [type, "performance_schema", "%", 2, 2],
        [type, "information_schema", "%", 2, 2],
        [type, "%", "%", 1, 1],
      ]),
  },
];

function flagOf(value: Datum): 1 | 2 {
  return value === 2 ? 2 : 1;
}
