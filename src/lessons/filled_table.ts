/** A table of any number of rows, as one makes it by hand: WITH RECURSIVE counts, INSERT takes what it counts. */

export interface Filling {
  readonly rows: number;
  /** Characters in each row's `pad`, one byte each. */
  readonly rowBytes: number;
}

export const FILLING_ROWS_MAX = 200_000;
export const FILLING_BYTES_MAX = 60_000;

/** CREATE TABLE and INSERT, for a set-up. */
export function filledTable(name: string, filling: Filling): readonly string[] {
  return [
    `CREATE TABLE ${name} (id INT NOT NULL, pad TEXT CHARACTER SET latin1, PRIMARY KEY (id)) ENGINE=InnoDB`,
    `SET SESSION cte_max_recursion_depth = ${FILLING_ROWS_MAX}`,
    fillStatement(name, filling),
  ];
}

function fillStatement(name: string, { rows, rowBytes }: Filling): string {
  return `INSERT INTO ${name} WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) SELECT i, REPEAT('x', ${rowBytes}) FROM n`;
}

const FILL =
  /^INSERT INTO (\w+) WITH RECURSIVE n AS \(SELECT 1 AS i UNION ALL SELECT i \+ 1 FROM n WHERE i < (\d+)\) SELECT i, REPEAT\('x', (\d+)\) FROM n$/;

/** What the set-up's first such table holds; null when it has none. */
export function fillingOf(setup: readonly string[]): (Filling & { readonly table: string }) | null {
  for (const sql of setup) {
    const [, table, rows, rowBytes] = FILL.exec(sql) ?? [];
    if (table !== undefined) return { table, rows: Number(rows), rowBytes: Number(rowBytes) };
  }
  return null;
}

/** The same set-up with another filling; a set-up without such a table gets one named `big`. */
export function refilled(setup: readonly string[], filling: Filling): readonly string[] {
  const at = setup.findIndex((sql) => FILL.test(sql));
  const table = fillingOf(setup)?.table;
  if (table === undefined) return [...setup, ...filledTable("big", filling)];
  return setup.with(at, fillStatement(table, filling));
}
