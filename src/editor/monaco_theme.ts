/** Monaco's two themes, made of the palette. The ground is the page's own and shows through. */
import { editor } from "monaco-editor/editor";
import { PALETTES, type Palette, type ThemeName } from "./palette.ts";

export function defineThemes(): void {
  editor.defineTheme(themeId("light"), themeOf("vs", PALETTES.light));
  editor.defineTheme(themeId("dark"), themeOf("vs-dark", PALETTES.dark));
}

export function themeId(theme: ThemeName): string {
  return `interleave-${theme}`;
}

function themeOf(base: "vs" | "vs-dark", palette: Palette): editor.IStandaloneThemeData {
  const { text, widget, widgetLine, muted, accent, chosen, error } = palette;
  return {
    base,
    inherit: false,
    rules: [
      { token: "", foreground: bare(text) },
      ...Object.entries(palette.tokens).map(([token, colour]) => ({
        token,
        foreground: bare(colour),
        ...(token === "keyword" ? { fontStyle: "bold" } : {}),
        ...(token === "comment" ? { fontStyle: "italic" } : {}),
      })),
    ],
    colors: {
      foreground: text,
      focusBorder: accent,
      errorForeground: error,
      "editor.background": "#00000000",
      "editor.foreground": text,
      "editor.placeholder.foreground": muted,
      "editorGutter.background": "#00000000",
      "editorCursor.foreground": text,
      "editor.selectionBackground": palette.selection,
      "editor.inactiveSelectionBackground": palette.selectionUnfocused,
      "editorBracketMatch.background": palette.selectionUnfocused,
      "editorBracketMatch.border": muted,
      "editorError.foreground": error,
      "editorWidget.background": widget,
      "editorWidget.foreground": text,
      "editorWidget.border": widgetLine,
      "editorHoverWidget.background": widget,
      "editorHoverWidget.foreground": text,
      "editorHoverWidget.border": widgetLine,
      "editorSuggestWidget.background": widget,
      "editorSuggestWidget.foreground": text,
      "editorSuggestWidget.border": widgetLine,
      "editorSuggestWidget.selectedBackground": chosen,
      "editorSuggestWidget.selectedForeground": text,
      "editorSuggestWidget.highlightForeground": accent,
      "editorSuggestWidget.focusHighlightForeground": accent,
      "editorMarkerNavigation.background": widget,
      "editorMarkerNavigationError.background": error,
      "list.focusBackground": chosen,
      "list.focusForeground": text,
      "list.hoverBackground": palette.selectionUnfocused,
      "list.hoverForeground": text,
      "menu.background": widget,
      "menu.foreground": text,
      "menu.border": widgetLine,
      "menu.selectionBackground": chosen,
      "menu.selectionForeground": text,
      "menu.separatorBackground": widgetLine,
      "icon.foreground": text,
      "symbolIcon.fieldForeground": muted,
      "symbolIcon.structForeground": muted,
      "symbolIcon.keywordForeground": muted,
      "toolbar.hoverBackground": palette.selectionUnfocused,
      "widget.shadow": "#00000040",
      "scrollbarSlider.background": `${muted}55`,
      "scrollbarSlider.hoverBackground": `${muted}88`,
      "scrollbarSlider.activeBackground": `${muted}aa`,
    },
  };
}

/** Rules want colours without the `#`. */
function bare(colour: string): string {
  return colour.slice(1);
}
