/**
 * Hash join: one side is read whole into a hash table, the other looks its rows up.
 *
 * MySQL: HashJoinIterator.
 */
import { settled } from "../../../base/answer.ts";
import { collationKey } from "../../../base/collation.ts";
import type { Datum, Row } from "../../../innodb/api.ts";
import type { Exec } from "../../context.ts";
import { evalItem } from "../../expr/item.ts";
import { equalityKey } from "../../types/compare.ts";
import { holds } from "../row_tests.ts";
import { type Body, placeNulls, type Run } from "./join_run.ts";
import type { JoinTree } from "./join_types.ts";

type Hash = Extract<JoinTree, { readonly kind: "hash" }>;

export interface HashTable {
  readonly buckets: ReadonlyMap<string, readonly (readonly Row[])[]>;
}

/** The build side is read first, whole. */
function* hashTable(run: Run, tree: Hash): Exec<HashTable> {
  const slots = tree.buildTables.map(({ scope }) => scope.slot);
  const buckets = new Map<string, Row[][]>();
  const keyOf = hashKey(tree);
  yield* settled(
    run.produce(run, tree.build, function* () {
      const key = yield* keyOf("build");
      if (key === null) return true;
      const rows = slots.map((slot) => slot.row);
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [rows]);
      else bucket.push(rows);
      return true;
    }),
  );
  return { buckets };
}

/** What matches, as MySQL's hash table gives it. NULL matches nothing. */
function* newestFirst(
  buckets: HashTable["buckets"],
  key: string | null,
): Generator<readonly Row[]> {
  const bucket = key === null ? undefined : buckets.get(key);
  for (let at = (bucket?.length ?? 0) - 1; at >= 0; at -= 1) yield bucket?.[at] as readonly Row[];
}

export function* hashInner(run: Run, tree: Hash, body: Body): Exec<boolean> {
  const slots = tree.buildTables.map(({ scope }) => scope.slot);
  const keyOf = hashKey(tree);
  const { buckets } = yield* hashTable(run, tree);
  if (buckets.size === 0) return true;
  return yield* settled(
    run.produce(run, tree.probe, function* () {
      const key = yield* keyOf("probe");
      for (const rows of newestFirst(buckets, key)) {
        run.plan.request.ctx.checkInterrupt();
        for (const [i, slot] of slots.entries()) slot.row = rows[i] as Row;
        if ((yield* settled(holds(tree.extra))) && !(yield* settled(body()))) return false;
      }
      return true;
    }),
  );
}

/** Outer, semi and anti join: the probe side's first row is read before the hash table is filled. */
export function* hashRight(run: Run, tree: Hash, body: Body): Exec<boolean> {
  const { type } = tree;
  const slots = tree.buildTables.map(({ scope }) => scope.slot);
  const keyOf = hashKey(tree);
  let made = run.hashes.get(tree) ?? null;
  if (type === "semi") {
    made ??= yield* hashTable(run, tree);
    run.hashes.set(tree, made);
    if (made.buckets.size === 0) return true;
  }
  return yield* settled(
    run.produce(run, tree.probe, function* () {
      made ??= yield* hashTable(run, tree);
      run.hashes.set(tree, made);
      const key = yield* keyOf("probe");
      let hasMatch = false;
      for (const rows of newestFirst(made.buckets, key)) {
        run.plan.request.ctx.checkInterrupt();
        for (const [i, slot] of slots.entries()) slot.row = rows[i] as Row;
        if (!(yield* settled(holds(tree.extra)))) continue;
        hasMatch = true;
        if (type !== "left") break;
        if (!(yield* settled(body()))) return false;
      }
      if (type === "semi") return hasMatch ? yield* settled(body()) : true;
      if (hasMatch) return true;
      placeNulls(tree.buildTables);
      return yield* settled(body());
    }),
  );
}

/** The join key of the current rows as text; null when a part is NULL, which matches nothing. */
function hashKey({ keys }: Hash): (side: "build" | "probe") => Exec<string | null> {
  const parts = keys.map(({ build, probe }) => ({
    build,
    probe,
    form: build.type.kind === "null" ? null : equalityKey(build.type, collationKey),
  }));
  return function* (side) {
    let key = "";
    for (const part of parts) {
      const value: Datum = yield* evalItem(part[side]);
      if (value === null || part.form === null) return null;
      key += `${part.form(value)}\u0000`;
    }
    return key;
  };
}
