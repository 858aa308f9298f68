/** What is measured: the tables, and for each kind of statement its texts. */
import type { Dialect, Engine } from "./engines.ts";

export interface Table {
  readonly name: string;
  readonly rows: number;
}

export const TABLES: readonly Table[] = [
  { name: "small", rows: 1_000 },
  { name: "large", rows: 100_000 },
];

/** One kind of statement. */
export interface Line {
  readonly title: string;
  /** The texts of the `turn`-th time; they are measured as one. */
  readonly texts: (table: Table, turn: number, dialect: Dialect) => readonly string[];
  /** Brings the table back after a round; not measured. */
  readonly tidy: ((table: Table) => string) | null;
}

const ROWS_AN_INSERT = 500;
const RANGE_ROWS = 10;
/** Prime, so that the keys of successive statements lie apart and come back late. */
const STRIDE = 7_919;

export const LINES: readonly Line[] = [
  {
    title: "SELECT by primary key",
    texts: (table, turn) => [
      `SELECT id, k, name FROM ${table.name} WHERE id = ${key(table, turn)}`,
    ],
    tidy: null,
  },
  {
    title: "UPDATE by primary key, autocommit",
    texts: (table, turn) => [`UPDATE ${table.name} SET k = k + 1 WHERE id = ${key(table, turn)}`],
    tidy: null,
  },
  {
    title: "INSERT, autocommit",
    texts: (table, turn) => [
      `INSERT INTO ${table.name} (id, k, name) VALUES (${table.rows + 1 + turn}, ${turn}, 'row ${turn}')`,
    ],
    tidy: (table) => `DELETE FROM ${table.name} WHERE id > ${table.rows}`,
  },
  {
    title: "BEGIN, range of 10 FOR UPDATE, ROLLBACK",
    texts: (table, turn, { begin, rollback, forUpdate }) => {
      const from = Math.min(key(table, turn), table.rows - RANGE_ROWS + 1);
      const to = from + RANGE_ROWS - 1;
      return [
        begin,
        `SELECT id, k, name FROM ${table.name} WHERE id BETWEEN ${from} AND ${to}${forUpdate}`,
        rollback,
      ];
    },
    tidy: null,
  },
];

/** Creates and fills the tables with multi-row INSERTs. */
export async function fill(engine: Engine): Promise<void> {
  for (const { name, rows } of TABLES) {
    await engine.run(
      `CREATE TABLE ${name} (id INT PRIMARY KEY, k INT NOT NULL, name VARCHAR(40) NOT NULL)`,
    );
    for (let first = 1; first <= rows; first += ROWS_AN_INSERT) {
      const values = Array.from(
        { length: ROWS_AN_INSERT },
        (_, at) => `(${first + at}, ${(first + at) % 97}, 'row ${first + at}')`,
      );
      await engine.run(`INSERT INTO ${name} (id, k, name) VALUES ${values.join(", ")}`);
    }
  }
}

function key({ rows }: Table, turn: number): number {
  return 1 + ((turn * STRIDE) % rows);
}
