/**
 * The colours of SQL in both editors and of Monaco's own widgets.
 *
 * Monaco wants numbers, not custom properties, so they stand here and not in views/tokens.css; a test holds
 * them against the grounds there: text at 4.5:1 or better.
 */
import type { TokenColour } from "./highlight.ts";

export type ThemeName = "light" | "dark";

export interface Palette {
  readonly text: string;
  readonly tokens: Readonly<Record<TokenColour, string>>;
  /** Behind completion, hover, find and the context menu. */
  readonly widget: string;
  readonly widgetLine: string;
  readonly muted: string;
  readonly accent: string;
  /** Behind the chosen entry of a list. */
  readonly chosen: string;
  readonly selection: string;
  readonly selectionUnfocused: string;
  readonly error: string;
}

export const PALETTES: Readonly<Record<ThemeName, Palette>> = {
  light: {
    text: "#171a20",
    tokens: {
      keyword: "#3f35ad",
      function: "#6a4a00",
      string: "#98301f",
      number: "#0b6157",
      name: "#1d4f70",
      variable: "#7d2a60",
      operator: "#4f5764",
      comment: "#565e6b",
    },
    widget: "#ffffff",
    widgetLine: "#d5d9e0",
    muted: "#4f5764",
    accent: "#4a3fc4",
    chosen: "#ebe9fb",
    selection: "#dcd8fa",
    selectionUnfocused: "#e2e4ea",
    error: "#c2001b",
  },
  dark: {
    text: "#e9ecf1",
    tokens: {
      keyword: "#b4b0ff",
      function: "#e6cb8b",
      string: "#f2a897",
      number: "#8fd3c3",
      name: "#a3cdea",
      variable: "#e8abd0",
      operator: "#a7afbc",
      comment: "#a1a9b7",
    },
    widget: "#20242c",
    widgetLine: "#3f4653",
    muted: "#a7afbc",
    accent: "#aaa6ff",
    chosen: "#35315f",
    selection: "#343063",
    selectionUnfocused: "#2c313b",
    error: "#ff8e86",
  },
};
