import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  grantedIsInTheWay,
  isStrongerOrEqual,
  pendingIsInTheWay,
} from "../../src/trace/mdl_matrices.ts";

const SCOPED = ["INTENTION_EXCLUSIVE", "SHARED", "EXCLUSIVE"] as const;
const OBJECT = [
  "SHARED",
  "SHARED_HIGH_PRIO",
  "SHARED_READ",
  "SHARED_WRITE",
  "SHARED_WRITE_LOW_PRIO",
  "SHARED_UPGRADABLE",
  "SHARED_READ_ONLY",
  "SHARED_NO_WRITE",
  "SHARED_NO_READ_WRITE",
  "EXCLUSIVE",
] as const;

const pair = fc.oneof(
  fc.tuple(fc.constant("GLOBAL" as const), fc.constantFrom(...SCOPED), fc.constantFrom(...SCOPED)),
  fc.tuple(fc.constant("TABLE" as const), fc.constantFrom(...OBJECT), fc.constantFrom(...OBJECT)),
);

describe("the matrices of metadata locks", () => {
  it("two granted modes are as compatible one way as the other", () => {
    fc.assert(
      fc.property(pair, ([namespace, one, other]) => {
        expect(grantedIsInTheWay(namespace, one, other)).toBe(
          grantedIsInTheWay(namespace, other, one),
        );
      }),
    );
  });

  it("a pending lock keeps away only what it could not be granted beside", () => {
    fc.assert(
      fc.property(pair, ([namespace, asked, pending]) => {
        fc.pre(pendingIsInTheWay(namespace, asked, pending));
        expect(grantedIsInTheWay(namespace, asked, pending)).toBe(true);
      }),
    );
  });

  it("of two modes that shut each other out, at most one has priority", () => {
    fc.assert(
      fc.property(pair, ([namespace, one, other]) => {
        const isMutual =
          one !== other &&
          pendingIsInTheWay(namespace, one, other) &&
          pendingIsInTheWay(namespace, other, one);
        expect(isMutual).toBe(false);
      }),
    );
  });

  it("a stronger mode shuts out whatever the weaker one does", () => {
    fc.assert(
      fc.property(pair, fc.constantFrom(...OBJECT), ([namespace, held, asked], third) => {
        fc.pre(namespace === "TABLE" && isStrongerOrEqual(namespace, held, asked));
        fc.pre(grantedIsInTheWay(namespace, third, asked));
        expect(grantedIsInTheWay(namespace, third, held)).toBe(true);
      }),
    );
  });

  it("every mode is as strong as itself, and EXCLUSIVE as all", () => {
    for (const mode of OBJECT) {
      expect(isStrongerOrEqual("TABLE", mode, mode)).toBe(true);
      expect(isStrongerOrEqual("TABLE", "EXCLUSIVE", mode)).toBe(true);
    }
  });
});
