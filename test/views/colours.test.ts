/** The colours of sessions and statuses, seen as people with the common colour-blindnesses see them, in both themes. */
import { readFileSync } from "node:fs";
import {
  type Color,
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  formatHex,
  interpolate,
  parse,
  wcagContrast,
} from "culori";
import { describe, expect, it } from "vitest";

/** "The same colour" is about 2, "a shade of it" about 5; what has to be told apart in small marks is further away. */
const SESSIONS_APART = 13;
const STATUSES_APART = 11;
/** How much of a waiting lock's fill is the session's colour (`styles/locks.css`). */
const WAITING_OPACITY = 0.28;

const SIGHTS: Readonly<Record<string, (colour: Color) => Color>> = {
  "colour vision": (colour) => colour,
  protanopia: seen(filterDeficiencyProt(1)),
  deuteranopia: seen(filterDeficiencyDeuter(1)),
  tritanopia: seen(filterDeficiencyTrit(1)),
};
const apart = differenceCiede2000();
const css = readFileSync(new URL("../../src/views/tokens.css", import.meta.url), "utf8");
const [lightTokens = "", darkTokens = ""] = css.split(':root[data-theme="dark"],');
const THEMES = { light: tokens(lightTokens), dark: tokens(darkTokens) };
const SESSIONS = ["a", "b", "c", "d", "e", "f", "g", "h"];

function seen(filter: (colour: Color) => Color | undefined): (colour: Color) => Color {
  return (colour) => {
    const filtered = filter(colour);
    if (filtered === undefined) throw new Error(`${formatHex(colour)} cannot be simulated`);
    return filtered;
  };
}

function tokens(text: string): (name: string) => Color {
  const found = new Map(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]),
  );
  return (name) => {
    const colour = parse(found.get(name) ?? "");
    if (colour === undefined) throw new Error(`no colour --${name}`);
    return colour;
  };
}

function pairs<T>(all: readonly T[]): readonly (readonly [T, T])[] {
  return all.flatMap((one, at) => all.slice(at + 1).map((other) => [one, other] as const));
}

describe.each(Object.entries(THEMES))("in the %s theme", (_, token) => {
  describe.each(Object.entries(SIGHTS))("with %s", (_, sight) => {
    const distance = (one: Color, other: Color) => apart(sight(one), sight(other));

    it.each(pairs(SESSIONS))("sessions %s and %s are told apart", (one, other) => {
      const between = distance(token(`session-${one}`), token(`session-${other}`));
      expect(between).toBeGreaterThanOrEqual(SESSIONS_APART);
    });

    it.each(pairs(["danger", "ok", "warn"]))("%s and %s are told apart", (one, other) => {
      expect(distance(token(one), token(other))).toBeGreaterThanOrEqual(STATUSES_APART);
    });

    it.each(SESSIONS)("a waiting lock of %s is told from a granted one", (session) => {
      const granted = token(`session-${session}`);
      const waiting = interpolate([token("panel"), granted])(WAITING_OPACITY);
      expect(distance(granted, waiting)).toBeGreaterThanOrEqual(SESSIONS_APART);
    });
  });

  it.each(SESSIONS)(
    "%s's colour stands out, and what is written on and in it can be read",
    (name) => {
      const colour = token(`session-${name}`);
      const soft = token(`session-${name}-soft`);
      expect(wcagContrast(colour, token("panel"))).toBeGreaterThanOrEqual(3);
      expect(wcagContrast(token(`session-${name}-on`), colour)).toBeGreaterThanOrEqual(4.5);
      for (const ground of [token("panel"), token("bg"), soft]) {
        expect(wcagContrast(token(`session-${name}-text`), ground)).toBeGreaterThanOrEqual(4.5);
      }
      expect(wcagContrast(token("text"), soft)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(["danger", "ok", "warn"])("%s can be read on the panel and on its own ground", (name) => {
    expect(wcagContrast(token(name), token("panel"))).toBeGreaterThanOrEqual(4.5);
    expect(wcagContrast(token(name), token(`${name}-soft`))).toBeGreaterThanOrEqual(4.5);
  });
});
