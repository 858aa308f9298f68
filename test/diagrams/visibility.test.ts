import { describe, expect, it } from "vitest";
import type { TrxId } from "../../src/trace/ids.ts";
import { checkVisibility, type ViewLimits } from "../../src/trace/visibility.ts";

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
