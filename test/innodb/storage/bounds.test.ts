/** A key's place on a page, found through the list of first fields, is the one that comparing whole keys gives. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Datum } from "../../../src/innodb/api.ts";
import { entriesBelow, noteInserted, noteRemoved } from "../../../src/innodb/btree/bounds.ts";
import { compareKeys } from "../../../src/innodb/datum.ts";
import type { Page, Rec } from "../../../src/innodb/types.ts";

const INT = { kind: "int", bytes: 4, unsigned: false } as const;
const first = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(null));
const keys = fc.array(fc.tuple(first, fc.integer({ min: 0, max: 3 })), { maxLength: 30 });

function pageOf(desc: boolean, given: readonly (readonly Datum[])[]): Page {
  const fields = [desc, false].map((isDesc) => ({ type: INT, desc: isDesc }));
  const index = { fields } as unknown as Page["index"];
  const sorted = given.toSorted((a, b) => compareKeys(index.fields, a, b, 2));
  const recs = sorted.map((key) => ({ key }) as Rec);
  return { index, recs, children: [], level: 0, firsts: null } as unknown as Page;
}

/** Compared one by one. */
function counted({ recs, index }: Page, key: readonly Datum[], n: number, isStrict: boolean) {
  const orders = recs.map((rec) => compareKeys(index.fields, rec.key, key, n));
  return orders.filter((order) => order < 0 || (order === 0 && !isStrict)).length;
}

it("of whole keys and of their first fields, up and down, while records come and go", () => {
  fc.assert(
    fc.property(keys, keys, fc.boolean(), fc.boolean(), (held, asked, desc, isStrict) => {
      const page = pageOf(desc, held);
      for (const key of asked) {
        for (const n of [1, 2]) {
          expect(entriesBelow(page, key, n, isStrict)).toBe(counted(page, key, n, isStrict));
        }
        const at = entriesBelow(page, key, 2, true);
        const rec = { key: key as readonly Datum[] } as Rec;
        page.recs.splice(at, 0, rec);
        noteInserted(page, at, rec);
        if (page.recs.length % 3 > 0) continue;
        page.recs.splice(0, 1);
        noteRemoved(page, 0);
      }
    }),
  );
});

it("of texts and of numbers too large for a number, which have no such list", () => {
  const page = pageOf(false, [
    [2n ** 60n, 1],
    [5, 1],
    [7, 2],
  ]);
  expect([4, 5, 6, 2n ** 60n].map((key) => entriesBelow(page, [key], 1, true))).toEqual([
    0, 0, 1, 2,
  ]);
});
