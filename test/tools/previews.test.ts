/** Each lesson has the picture that chats show of its page: small, and of the size that they want. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { LESSONS } from "../../src/lessons/lessons.ts";
import { guidedLessons } from "./build/guided_lessons.ts";
import { smallPng } from "./small_png.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const BYTES_MAX = 28_000;

describe("the picture of a lesson's page", () => {
  const names = [
    "site",
    ...LESSONS.map(({ id }) => id),
    ...guidedLessons(ROOT).map(({ id }) => id),
  ];
  it.each(names)("%s is there, small, and 1200 by 630", (name) => {
    const file = readFileSync(join(ROOT, "public/preview", `${name}.png`));
    expect(file.toString("latin1", 1, 4)).toBe("PNG");
    expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([1200, 630]);
    expect(file.length).toBeLessThan(BYTES_MAX);
  });

  it("is written with as few colours as it has", () => {
    const red = [255, 0, 0, 255];
    const blue = [0, 0, 255, 255];
    const file = smallPng(new Uint8Array([...red, ...blue, ...red]), 3, 1);
    const palette = file.indexOf("PLTE");
    expect(file.readUInt32BE(palette - 4)).toBe(6);
  });
});
