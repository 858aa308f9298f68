import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesVisible, makeReadView } from "../../src/innodb/read_view.ts";
import type { ReadViewId, TrxId } from "../../src/trace/ids.ts";
import { checkVisibility, type ViewLimits } from "../../src/trace/visibility.ts";
import { runSql } from "../fixtures/run_sql.ts";
import { SCRIPTS } from "../fixtures/scenes.ts";

/** Low water mark 105, high water mark 108, 105 and 107 active, made by 106. */
const VIEW = {
  creatorTrxId: 106,
  upLimitId: 105,
  lowLimitId: 108,
  ids: [105, 107],
} as unknown as ViewLimits;

describe("a read view shows", () => {
  it.each([
    [101, true, "belowUpLimit"],
    [104, true, "belowUpLimit"],
    [105, false, "activeWhenOpened"],
    [106, true, "ownChange"],
    [107, false, "activeWhenOpened"],
    [108, false, "atOrAboveLowLimit"],
    [200, false, "atOrAboveLowLimit"],
  ] as const)("of transaction %i: %s, by %s", (trxId, visible, rule) => {
    expect(checkVisibility(VIEW, trxId as TrxId)).toEqual({ visible, rule });
  });

  it("what was committed between the water marks", () => {
    const view = { ...VIEW, creatorTrxId: 0 as TrxId };
    expect(checkVisibility(view, 106 as TrxId)).toEqual({
      visible: true,
      rule: "committedBeforeOpened",
    });
  });

  it("its own change also above its high water mark, where an id was given later", () => {
    const view = { ...VIEW, creatorTrxId: 120 as TrxId };
    expect(checkVisibility(view, 120 as TrxId)).toEqual({ visible: true, rule: "ownChange" });
  });
});

describe("the rule is the engine's own", () => {
  it("for any view and any transaction", () => {
    const id = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(
        fc.uniqueArray(id, { maxLength: 8 }),
        id,
        id,
        id,
        (active, creator, next, trxId) => {
          const ids = active.filter((each) => each < next).sort((a, b) => a - b) as TrxId[];
          const view = makeReadView(1 as ReadViewId, creator as TrxId, ids, next);
          expect(checkVisibility(view, trxId as TrxId)).toEqual(
            changesVisible(view, trxId as TrxId),
          );
        },
      ),
      { seed: 8 },
    );
  });

  it("in every check that consistent reads make", () => {
    const { events } = runSql({
      setup: SCRIPTS.threeVersions.setup,
      steps: [
        ...SCRIPTS.threeVersions.steps,
        "C: SELECT * FROM account",
        "D: SELECT * FROM account",
        "B: SELECT * FROM account",
        "B: COMMIT",
        "A: SELECT * FROM account",
      ],
    });
    const checks = events.filter((event) => event.type === "readView.checked");
    expect(checks.length).toBeGreaterThan(8);
    for (const check of checks) {
      const { visible, rule } = check;
      expect(checkVisibility(check, check.trxId)).toEqual({ visible, rule });
    }
  });
});
