/** What the engine has counted of a table. */
import type { IndexId } from "../trace/ids.ts";

/** MySQL: records_in_range's and info()'s answers, all of them estimates InnoDB would give. */
export interface TableStats {
  /** InnoDB: stat_n_rows, counted on by DML. */
  readonly rows: number;
  /** There is none, though the optimizer is told of one. */
  readonly isEmpty?: boolean;
  /** Clustered index size in pages. */
  readonly pages: number;
  /** rec_per_key per index and number of key parts: the rows of now over the different values of the last ANALYZE. */
  readonly recPerKey: (index: IndexId) => readonly number[] | undefined;
  /** How often ANALYZE has counted. */
  readonly analyzed: number;
}

/** What the last ANALYZE wrote into tables of its own. */
export interface WrittenStats {
  readonly rows: number;
  readonly indexes: readonly {
    readonly name: string;
    /** Whose values were counted, by position; -1 is DB_ROW_ID. */
    readonly columns: readonly number[];
    /** Different values of the first column, of the first two and so on. */
    readonly distinct: readonly number[];
    readonly leaves: number;
    readonly pages: number;
  }[];
}
