/** Links gone wrong: letters lost and changed on the way, and, with a check that fits, whatever somebody may think of. */
import { deflateSync } from "fflate";
import { sealed, textOfLetters } from "../../../src/store/link/link_text.ts";

const LETTERS = "ABCabc019-_=%/#\u0000é漢\u{1f600}";
const VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  "",
  "A",
  "__proto__",
  "@disconnect",
  "'; DROP TABLE t; --",
  "<img src=x onerror=alert(1)>",
  [],
  {},
  [[[]]],
  { advance: -5 },
  { advance: 1e300 },
  { session: "Z", sql: "BEGIN" },
  { session: "A", client: { fetchSize: -1, api: {} } },
  { session: "A", call: "fetchone", size: "many" },
];

/** After `#s=`, the version and the check. */
const BODY_AT = 8;

/** A generator of numbers from 0 to below n, the same every time. */
function chance(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

export function* mutations(links: readonly string[], count: number): Generator<string> {
  const pick = chance(7);
  for (let made = 0; made < count; made += 1) {
    const link = links[pick(links.length)] ?? "";
    const kind = pick(10);
    if (kind < 3) yield onTheWay(link, pick);
    else if (kind < 6) yield `#s=${sealed(onTheWay(link.slice(BODY_AT), pick))}`;
    else if (kind < 7) yield inText(link, pick);
    else yield inside(link, pick);
  }
}

type Pick = (n: number) => number;

/** Some letters changed, lost, doubled or moved. */
function onTheWay(link: string, pick: Pick): string {
  let mutant = link;
  for (let times = 1 + pick(4); times > 0; times -= 1) {
    const at = pick(mutant.length + 1);
    const to = Math.min(mutant.length, at + 1 + pick(12));
    const letter = LETTERS.charAt(pick(LETTERS.length));
    const changes = [
      () => mutant.slice(0, at) + letter + mutant.slice(at + 1),
      () => mutant.slice(0, at) + mutant.slice(to),
      () => mutant.slice(0, to) + mutant.slice(at),
      () => mutant.slice(0, at),
      () => mutant.slice(0, at) + letter.repeat(1 + pick(40)) + mutant.slice(at),
      () => mutant.slice(0, 3) + String(pick(10)) + mutant.slice(4),
    ];
    mutant = changes[pick(changes.length)]?.() ?? mutant;
  }
  return mutant;
}

/** A value of the scenario exchanged, taken away or put somewhere else; the check fits. */
function inside(link: string, pick: Pick): string {
  const value: unknown = JSON.parse(textOf(link));
  for (let times = 1 + pick(3); times > 0; times -= 1) change(value, pick, 0);
  return linkOf(JSON.stringify(value));
}

/** The text itself cut and changed, so that it mostly is no JSON; the check fits. */
function inText(link: string, pick: Pick): string {
  const text = textOf(link);
  const at = pick(text.length);
  const changed =
    text.slice(0, at) + LETTERS.charAt(pick(LETTERS.length)) + text.slice(at + pick(3));
  return linkOf(changed);
}

/** Not made shorter: that takes time, and is another's test. */
function linkOf(text: string): string {
  const bytes = deflateSync(new TextEncoder().encode(text), { level: 0 });
  return `#s=${sealed(Buffer.from(bytes).toString("base64url"))}`;
}

function textOf(link: string): string {
  const read = textOfLetters(link.slice(3));
  if (typeof read === "string") throw new Error(`not a link: ${read}`);
  return read.text;
}

function change(value: unknown, pick: Pick, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  const all = value as Record<string, unknown>;
  const keys = Object.keys(all);
  const key = keys[pick(keys.length)];
  if (key === undefined) return;
  const inner = all[key];
  if (typeof inner === "object" && inner !== null && pick(3) > 0 && depth < 6) {
    change(inner, pick, depth + 1);
    return;
  }
  if (pick(5) === 0) delete all[key];
  else all[key] = structuredClone(VALUES[pick(VALUES.length)]);
}
