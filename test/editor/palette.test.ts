import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PALETTES, type ThemeName } from "../../src/editor/palette.ts";

const TOKENS = readFileSync(join(import.meta.dirname, "../../src/views/tokens.css"), "utf8");

/** A colour of the page, from the block of the theme. */
function token(theme: ThemeName, name: string): string {
  const block = theme === "light" ? TOKENS : TOKENS.slice(TOKENS.indexOf('[data-theme="dark"]'));
  const found = new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(block)?.[1];
  if (found === undefined) throw new Error(`tokens.css has no --${name}`);
  return found;
}

/** WCAG 2: relative luminance, and the contrast of two colours. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each(["light", "dark"] as const)("the %s palette", (theme) => {
  const palette = PALETTES[theme];
  const inks = { text: palette.text, muted: palette.muted, ...palette.tokens };
  const grounds = {
    panel: token(theme, "panel"),
    "panel-sunk": token(theme, "panel-sunk"),
    selection: palette.selection,
    widget: palette.widget,
    chosen: palette.chosen,
  };
  const pairs = Object.entries(inks).flatMap(([ink, colour]) =>
    Object.entries(grounds).map(([ground, below]) => ({
      ink,
      ground,
      ratio: contrast(colour, below),
    })),
  );

  it.each(pairs)("$ink reads on $ground", ({ ratio }) => {
    expect(ratio).toBeGreaterThanOrEqual(4.5);
  });
});
