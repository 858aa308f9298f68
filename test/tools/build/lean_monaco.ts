/**
 * Leaves out of Monaco what this site never opens but Monaco's entry always contains: the editors that show a difference, the
 * command palette's list, drawing by the GPU, syntax trees; and what others of its parts name for the case that it is there:
 * definitions and references, colours, hints between the letters, the light bulb, trees and tables, find, the editor's own
 * worker, EditContext and letters that look like others (which are off), languages written as tables. Each module becomes one with the same names, and classes that say so if somebody makes
 * one after all; where one thing of a module is needed, the module keeps that with what it is made of.
 */
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { withShortLetterClasses } from "./letter_classes.ts";
import { type Statement, statementsOf, without } from "./module_parts.ts";
import { LISTS, withUsedConstants } from "./unused_constants.ts";

const LEFT_OUT = [
  /widget\/(diffEditor|multiDiffEditor)\//,
  /platform\/quickinput\/browser\/quickInput(Controller)?\.js$/,
  /observableInternal\/logging\/debugger\/devToolsLogger\.js$/,
  /editor\/browser\/gpu\/|viewParts\/(viewLinesGpu|rulersGpu)\//,
  /contrib\/(gotoSymbol|inlayHints|dropOrPasteInto)\//,
  // What tells whether the pointer is on a colour stays: it never is.
  /contrib\/colorPicker\/(?!.*\/hoverColorPicker\.js$)/,
  /contrib\/codeAction\/browser\/codeActionController\.js$/,
  /contrib\/inlineCompletions\/browser\/hintsWidget\//,
  /base\/browser\/ui\/(tree|table|findinput)\/|selectBox\/selectBoxCustom\.js$/,
  /common\/diff\/(defaultLinesDiffComputer\/|legacyLinesDiffComputer\.js$)/,
  /common\/services\/editorWebWorker\.js$/,
  /controller\/editContext\/native\/(?!nativeEditContextRegistry\.js$)/,
  /common\/model\/tokens\/treeSitter\//,
  /standalone\/common\/monarch\/monarch(Lexer|Compile)\.js$/,
  // A click that throws confetti, and rulers beside the text for those who ask for one.
  /base\/browser\/ui\/animations\/|overviewRuler\/overviewRuler\.js$/,
  /contrib\/unicodeHighlighter\/|common\/services\/unicodeTextModelHighlighter\.js$/,
];

/** What the command palette's list looks like. */
const STYLES = /standaloneQuickInput\.css$/;

/** Modules that are left out but for some of their names. */
const KEPT: readonly (readonly [RegExp, readonly string[]])[] = [
  // The button that copies what a hover says.
  [/contrib\/find\/browser\/findWidget\.js$/, ["SimpleButton"]],
  [/platform\/list\/browser\/listService\.js$/, ["IListService"]],
  // What `src/editor` names of them.
  [
    /common\/standalone\/standaloneEnums\.js$/,
    ["KeyCode", "MarkerSeverity", "CompletionItemKind", "EndOfLineSequence"],
  ],
];

/** Letters that look like others and letters that nobody sees, with nobody left who asks for them. */
const TEXTS = /base\/common\/strings\.js$/;
const ALIKE = /JSON\.parse\('\{\\"_common\\":[^']*'\)/g;

/**
 * What a hover says here is plain text: no reader of Markdown is needed for it, nothing that makes foreign HTML harmless, and
 * nobody who colours pieces of code in it.
 */
const MARKDOWN = /base\/browser\/markdownRenderer\.js$/;
const PLAIN_TEXT = `
import { removeMarkdownEscapes } from "../common/htmlContent.js";
export const renderAsPlaintext = (text) => typeof text === "string" ? text : removeMarkdownEscapes(text.value);
export function renderMarkdown(text, _, element = document.createElement("div")) {
  const paragraph = document.createElement("p");
  paragraph.textContent = renderAsPlaintext(text).replaceAll("&nbsp;", " ");
  element.replaceChildren(paragraph);
  return { element, dispose() {} };
}`;
const CODE_IN_MARKDOWN = /markdownRenderer\/browser\/editorMarkdownCodeBlockRenderer\.js$/;

/** Writes down when each key came, was taken and drawn, for its makers' own figures: a tenth of what a letter costs. */
const KEY_TIMES = /vs\/base\/browser\/performance\.js$/;

/** Parts of the editor's view that its options switch off, but which every view makes. */
const EMPTY_PART =
  /viewParts\/(minimap\/minimap|overviewRuler\/decorationsOverviewRuler|rulers\/rulers)\.js$/;

/** The same, of what is drawn into each line. */
const EMPTY_OVERLAY = /viewParts\/(indentGuides|currentLineHighlight)\/\w+\.js$/;

const MODULES = "monaco-editor/esm/vs/";

/** Whoever asks an editor for one of these (`X.get(editor)`) is told that it has none. */
export function leanMonaco(): Plugin {
  return {
    name: "lean-monaco",
    apply: "build",
    enforce: "pre",
    load(id) {
      const at = id.indexOf(MODULES);
      if (at >= 0 && STYLES.test(id)) return "";
      if (at < 0 || !id.endsWith(".js")) return null;
      const code = (): string => readFileSync(id, "utf8");
      if (TEXTS.test(id)) return withShortLetterClasses(withoutAlike(code()));
      if (EMPTY_PART.test(id)) return emptyPart(code());
      if (EMPTY_OVERLAY.test(id)) return emptyOverlay(code());
      if (KEY_TIMES.test(id)) return noTimes(code());
      if (MARKDOWN.test(id)) return PLAIN_TEXT;
      if (CODE_IN_MARKDOWN.test(id)) return "export class EditorMarkdownCodeBlockRenderer {}";
      if (LISTS.test(id)) return withUsedConstants(code(), id.slice(0, at + MODULES.length));
      const kept = KEPT.find(([part]) => part.test(id))?.[1];
      if (kept !== undefined) return only(code(), kept);
      return LEFT_OUT.some((part) => part.test(id)) ? only(code(), []) : null;
    },
  };
}

function withoutAlike(code: string): string {
  if (code.match(ALIKE)?.length !== 2) throw new Error("Monaco lists letters in another way");
  return code.replace(ALIKE, "{}");
}

/** The module with these names as they are, and classes that nobody can make for the others. */
function only(code: string, kept: readonly string[]): string {
  const statements = statementsOf(code);
  const exported = statements.flatMap((one) => one.exports);
  const missing = kept.filter((name) => !exported.includes(name));
  if (missing.length > 0) throw new Error(`Monaco has no ${missing.join()} where it had one`);
  const absent = exported.filter((name) => !kept.includes(name));
  const declared = kept.length === 0 ? "" : without(code, unneeded(statements, kept));
  return [
    declared,
    ...(kept.length === 0 ? [] : [`export { ${kept.join(", ")} };`]),
    ...absent.map(
      (name, one) =>
        `class Absent${one} { static get() { return null; } constructor() { throw new Error("${name} is not part of this build"); } }\nexport { Absent${one} as ${name} };`,
    ),
  ].join("\n");
}

/** What the named things are not made of. */
function unneeded(
  statements: readonly Statement[],
  names: readonly string[],
): readonly (readonly [number, number])[] {
  const wanted = new Set(names);
  for (const name of wanted) {
    for (const { declares, uses } of statements) {
      if (declares.includes(name)) for (const used of uses) wanted.add(used);
    }
  }
  return statements.flatMap((one) => {
    if (!one.declares.some((name) => wanted.has(name))) return [[one.start, one.end] as const];
    return one.specifiers
      .filter(({ name }) => !wanted.has(name))
      .map(({ start, end }) => [start, end] as const);
  });
}

function emptyPart(code: string): string {
  const names = statementsOf(code).flatMap((one) => one.exports);
  return [
    'import { createFastDomNode } from "../../../../base/browser/fastDomNode.js";',
    'import { ViewPart } from "../../view/viewPart.js";',
    "class EmptyPart extends ViewPart {",
    '  domNode = createFastDomNode(document.createElement("div"));',
    // Of the minimap the view wants Monaco's own node, of the ruler at the scroll bar the browser's.
    `  getDomNode() { return this.domNode${names.includes("Minimap") ? "" : ".domNode"}; }`,
    "  prepareRender() {}",
    "  render() {}",
    "}",
    ...names.map((name) => `export { EmptyPart as ${name} };`),
  ].join("\n");
}

function emptyOverlay(code: string): string {
  const names = statementsOf(code).flatMap((one) => one.exports);
  return [
    'import { DynamicViewOverlay } from "../../view/dynamicViewOverlay.js";',
    "class EmptyOverlay extends DynamicViewOverlay {",
    "  prepareRender() {}",
    '  render() { return ""; }',
    "}",
    ...names.map((name) => `export { EmptyOverlay as ${name} };`),
  ].join("\n");
}

/** The same listeners, which write nothing down. */
function noTimes(code: string): string {
  const names = [...code.matchAll(/inputLatency\.(on\w+) = /g)].map(([, name]) => name);
  if (names.length === 0) throw new Error("Monaco writes down no times of keys any more");
  return `export const inputLatency = { ${names.map((name) => `${name}() {}`).join(", ")} };`;
}
