/** Changes of tables with and without transactions in one transaction: what ROLLBACK and warning 6414 need to know. */
import type { CatalogTable } from "../catalog/catalog.ts";
import { isNonTransactional } from "../catalog/engines.ts";
import type { Warning } from "../context.ts";
import { mysqlWarning } from "../errors.ts";
import type { Session } from "./session.ts";

/** The session changes rows of this table; not null where that is worth a warning. */
export function noteChange(owner: Session, { engine, schema, name }: CatalogTable): Warning | null {
  const { changedTransactional, changedNonTransactional } = owner;
  if (!isNonTransactional(engine)) {
    if (changedTransactional !== null) return null;
    owner.changedTransactional = `${schema}.${name}`;
    if (changedNonTransactional === null) return null;
    const { engine: other, table } = changedNonTransactional;
    return mixture(["InnoDB", owner.changedTransactional], [other, table]);
  }
  if (changedNonTransactional !== null) return null;
  const table = `${schema}.${name}`;
  owner.changedNonTransactional = { engine, table };
  if (changedTransactional === null) return null;
  return mixture([engine, table], ["InnoDB", changedTransactional]);
}

/** The table that is changed now, and the one that was changed before. */
function mixture(now: readonly [string, string], before: readonly [string, string]): Warning {
  const [engine, table] = now;
  const [otherEngine, otherTable] = before;
  return mysqlWarning(
    "Warning",
    "ER_DEPRECATE_NON_COMPOSABLE_MULTIPLE_ENGINE",
    engine,
    otherEngine,
    engine,
    ...(table.split(".") as [string, string]),
    otherEngine,
    ...(otherTable.split(".") as [string, string]),
  );
}
