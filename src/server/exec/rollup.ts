/**
 * GROUP BY ... WITH ROLLUP: behind the groups, rows that sum over the last key, the last two, and so on; the keys summed
 * over are NULL in them, which GROUPING tells from a NULL that was there.
 *
 * MySQL: Item_rollup_group_item, Item_func_grouping.
 */
import type { Datum } from "../../innodb/api.ts";
import type { FunctionCall } from "../../sql/ast_expression.ts";
import { mysqlError } from "../errors.ts";
import { bindExpression } from "../expr/bind.ts";
import type { Binder } from "../expr/binder.ts";
import { type Item, makeItem } from "../expr/item.ts";
import { BIGINT } from "../types/sql_type.ts";

/** One for each key: its value in the current group, or NULL where the row sums over it. */
export interface KeyCell {
  value: Datum;
  /** 1 where the row sums over it. */
  readonly isSummed: { value: Datum };
}

export interface RollupKeys {
  readonly cells: readonly KeyCell[];
  /** An expression that is a key reads the cell instead. */
  readonly replaced: (item: Item) => Item;
}

export function rollupKeys(keys: readonly Item[]): RollupKeys {
  const cells = keys.map((): KeyCell => ({ value: null, isSummed: { value: 0 } }));
  const texts = keys.map((key) => key.text());
  const items = keys.map((key, at) =>
    makeItem(
      [],
      { eval: () => cells[at]?.value ?? null, steps: null },
      {
        type: key.type,
        nullable: true,
        isConst: false,
        text: key.text,
      },
    ),
  );
  const replaced = (item: Item): Item => {
    const at = texts.indexOf(item.text());
    return items[at] ?? item;
  };
  return { cells, replaced };
}

/** The calls of GROUPING in one block. They are bound before it is known by what the block groups. */
export class GroupingCalls {
  readonly #calls: { readonly args: readonly Item[]; readonly cells: (KeyCell | undefined)[] }[] =
    [];

  readonly bind = (node: FunctionCall, binder: Binder): Item => {
    const args = node.args.map((arg) => bindExpression(arg, binder));
    const cells: (KeyCell | undefined)[] = [];
    this.#calls.push({ args, cells });
    const bits = (): number =>
      cells.reduce((sum, cell) => sum * 2 + Number(cell?.isSummed.value ?? 0), 0);
    const text = (): string => `grouping(${args.map((arg) => arg.text()).join(",")})`;
    const how = { type: BIGINT, nullable: false, isConst: false, text };
    return makeItem([], { eval: bits, steps: null }, how);
  };

  /** Throws 3602 for an argument that is no key. `cells` is empty where nothing is rolled up. */
  settle(keys: readonly Item[], cells: readonly KeyCell[]): void {
    const texts = keys.map((key) => key.text());
    for (const { args, cells: own } of this.#calls) {
      for (const [at, arg] of args.entries()) {
        const key = texts.indexOf(arg.text());
        if (key < 0) throw mysqlError("ER_FIELD_IN_GROUPING_NOT_GROUP_BY", at + 1);
        own[at] = cells[key];
      }
    }
  }
}
