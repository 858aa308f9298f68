/** What stands in the attributes of an element and is passed over: said to the author of the post, in the console. */
import { EMBED_PANELS } from "./contract.ts";

/** Lower, a frame shows little but its bar. */
const HEIGHT_MIN = 100;

/** Pixels; null where the attribute is missing or makes no sense: as high as what is shown. */
export function heightIn(value: string | null): number | null {
  const height = Number(value);
  return value !== null && height >= HEIGHT_MIN && Number.isFinite(height) ? height : null;
}

const SENSIBLE: Readonly<
  Record<string, { readonly test: (value: string) => boolean; readonly values: string }>
> = {
  panels: {
    test: (value) =>
      words(value).length > 0 &&
      words(value).every((word) => EMBED_PANELS.some((panel) => panel === word)),
    values: EMBED_PANELS.join(", "),
  },
  theme: { test: (value) => /^(light|dark|auto)$/.test(value), values: "light, dark, auto" },
  lang: { test: (value) => /^(en|zh)/i.test(value), values: "en, zh" },
  at: { test: (value) => /^[ep]?\d{1,6}$/.test(value), values: "a number, e12, p2" },
  editable: { test: isYesOrNo, values: "yes, no" },
  autoplay: { test: isYesOrNo, values: "yes, no" },
  height: {
    test: (value) => heightIn(value) !== null,
    values: `pixels, ${HEIGHT_MIN} at least`,
  },
};

/** One sentence each. `read`: the value of an attribute, null when it is missing. */
export function attributeFaults(read: (name: string) => string | null): readonly string[] {
  const faults = Object.entries(SENSIBLE).flatMap(([name, { test, values }]) => {
    const value = read(name);
    return value === null || test(value)
      ? []
      : [`${name}="${value}" is not understood; it takes: ${values}`];
  });
  const named = ["lesson", "scenario", "src"].filter((name) => read(name) !== null);
  if (named.length < 2) return faults;
  return [...faults, `${named.join(" and ")} are both given; use one`];
}

function words(value: string): readonly string[] {
  return value.split(/[\s,]+/).filter((word) => word !== "");
}

/** An attribute without a value is a yes. */
function isYesOrNo(value: string): boolean {
  return /^(|yes|true|on|1|no|false|off|0)$/i.test(value);
}
