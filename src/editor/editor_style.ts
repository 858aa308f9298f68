/** The palette and the height as custom properties, for what editor.css draws. */
import type { CSSProperties } from "react";
import { PALETTES, type ThemeName } from "./palette.ts";

export function editorStyle(theme: ThemeName, minRows: number, maxRows: number): CSSProperties {
  const { text, selection, error, tokens } = PALETTES[theme];
  return Object.fromEntries([
    ["--sql-rows-min", minRows],
    ["--sql-rows-max", Math.max(minRows, maxRows)],
    ...Object.entries({ text, selection, error, ...tokens }).map(([name, colour]) => [
      `--sql-${name}`,
      colour,
    ]),
  ]);
}
