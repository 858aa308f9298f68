/** MySQL as a language of Monaco: our lexer's colours and our own completion. Registered once for the page. */

import { type editor, languages, Range } from "monaco-editor/editor";
import { completionsAt } from "./completions.ts";
import type { EditorNames } from "./editor_props.ts";
import { colourLine, type OpenText } from "./highlight.ts";
import type { EditorLanguage } from "./words.ts";

export const LANGUAGE_ID = "mysql";

/** What completion knows about the text of one editor. */
export interface ModelKnowledge {
  readonly names: EditorNames;
  readonly language: EditorLanguage;
}

const knowledge = new WeakMap<editor.ITextModel, ModelKnowledge>();

export function setKnowledge(model: editor.ITextModel, known: ModelKnowledge): void {
  knowledge.set(model, known);
}

export function registerLanguage(): void {
  languages.register({ id: LANGUAGE_ID });
  languages.setLanguageConfiguration(LANGUAGE_ID, {
    comments: { lineComment: "--", blockComment: ["/*", "*/"] },
    brackets: [["(", ")"]],
    // A colour for each would be a decoration for each: of a line of 100,000 rows that takes minutes.
    colorizedBracketPairs: [],
    autoClosingPairs: [
      { open: "(", close: ")" },
      { open: "'", close: "'", notIn: ["string", "comment"] },
      { open: '"', close: '"', notIn: ["string", "comment"] },
      { open: "`", close: "`", notIn: ["string", "comment"] },
    ],
    surroundingPairs: [
      { open: "(", close: ")" },
      { open: "'", close: "'" },
      { open: '"', close: '"' },
      { open: "`", close: "`" },
    ],
  });
  languages.setTokensProvider(LANGUAGE_ID, {
    getInitialState: () => new LineState(""),
    tokenize: (line, state) => tokensOf(line, state as LineState),
  });
  languages.registerCompletionItemProvider(LANGUAGE_ID, {
    triggerCharacters: ["."],
    provideCompletionItems: (model, position) => ({
      suggestions: suggestions(model, model.getOffsetAt(position)),
    }),
  });
}

/** What is open where a line begins, as Monaco wants it: with methods. */
class LineState implements languages.IState {
  readonly open: OpenText;
  constructor(open: OpenText) {
    this.open = open;
  }
  clone(): LineState {
    return this;
  }
  equals(other: languages.IState): boolean {
    return other instanceof LineState && other.open === this.open;
  }
}

/** Monaco's tokens have no end: the next one begins there, plain text as a token without a name. */
function tokensOf(line: string, state: LineState): languages.ILineTokens {
  const { spans, open } = colourLine(line, state.open);
  const tokens: languages.IToken[] = [];
  let at = 0;
  for (const span of spans) {
    if (span.start > at) tokens.push({ startIndex: at, scopes: "" });
    tokens.push({ startIndex: span.start, scopes: span.colour });
    at = span.end;
  }
  if (at < line.length) tokens.push({ startIndex: at, scopes: "" });
  return { tokens, endState: new LineState(open) };
}

function suggestions(model: editor.ITextModel, offset: number): languages.CompletionItem[] {
  const { names, language } = knowledge.get(model) ?? { names: { tables: [] }, language: "en" };
  const { start, items } = completionsAt(model.getValue(), offset, names, language);
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(offset);
  const range = new Range(from.lineNumber, from.column, to.lineNumber, to.column);
  return items.map((item, index) => ({
    label: item.text,
    insertText: item.text,
    kind: KINDS[item.kind],
    detail: item.detail,
    sortText: String(index).padStart(4, "0"),
    range,
  }));
}

const KINDS = {
  keyword: languages.CompletionItemKind.Keyword,
  table: languages.CompletionItemKind.Struct,
  column: languages.CompletionItemKind.Field,
} as const;
