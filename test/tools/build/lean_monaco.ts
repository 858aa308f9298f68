/**
 * Leaves out of Monaco what this site never opens but Monaco's entry always contains: the editors that show a difference, the
 * command palette's list, drawing by the GPU, syntax trees; and what others of its parts name for the case that it is there:
 * definitions and references, colours, hints between the letters, the light bulb, trees and tables, EditContext (which is
 * off). Each module becomes one with the same names, and classes that say so if somebody makes one after all.
 */
import { readFileSync } from "node:fs";
import { parseAst } from "rolldown/parseAst";
import type { Plugin } from "vite";

const LEFT_OUT = [
  /widget\/(diffEditor|multiDiffEditor)\//,
  /platform\/quickinput\/browser\/quickInput(Controller)?\.js$/,
  /observableInternal\/logging\/debugger\/devToolsLogger\.js$/,
  /editor\/browser\/gpu\/|viewParts\/(viewLinesGpu|rulersGpu)\//,
  /contrib\/(gotoSymbol|inlayHints|dropOrPasteInto)\//,
  /contrib\/colorPicker\/.*\/hoverColorPickerParticipant\.js$/,
  /contrib\/codeAction\/browser\/codeActionController\.js$/,
  /contrib\/inlineCompletions\/browser\/hintsWidget\//,
  /base\/browser\/ui\/(tree|table)\/|selectBox\/selectBoxCustom\.js$/,
  /common\/diff\/(defaultLinesDiffComputer\/|legacyLinesDiffComputer\.js$)/,
  /controller\/editContext\/native\/(?!nativeEditContextRegistry\.js$)/,
  /common\/model\/tokens\/treeSitter\//,
];

/** Whoever asks an editor for one of these (`X.get(editor)`) is told that it has none. */
export function leanMonaco(): Plugin {
  return {
    name: "lean-monaco",
    apply: "build",
    enforce: "pre",
    load(id) {
      const at = id.indexOf("monaco-editor/esm/vs/");
      if (at < 0 || !id.endsWith(".js") || !LEFT_OUT.some((part) => part.test(id))) return null;
      return exportsOf(readFileSync(id, "utf8"))
        .map(
          (name, one) =>
            `class Absent${one} { static get() { return null; } constructor() { throw new Error("${name} is not part of this build"); } }\nexport { Absent${one} as ${name} };`,
        )
        .join("\n");
    },
  };
}

interface Declared {
  readonly type: string;
  readonly id?: { readonly name: string } | null;
  readonly declarations?: readonly { readonly id: { readonly name: string } }[];
}

function exportsOf(code: string): readonly string[] {
  return parseAst(code).body.flatMap((node) => {
    if (node.type !== "ExportNamedDeclaration") return [];
    const declared = node.declaration as unknown as Declared | null;
    const names = declared?.declarations?.map(({ id }) => id.name) ?? [declared?.id?.name ?? ""];
    const listed = node.specifiers.map(({ exported }) => (exported as { name: string }).name);
    return [...names, ...listed].filter((name) => name !== "");
  });
}
