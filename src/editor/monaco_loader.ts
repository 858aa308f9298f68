/**
 * Monaco, loaded once for the page: when the browser is idle after somebody has moved the pointer or pressed a key, or
 * when an editor is first focused. Who only looks does not load its 571 KB. Where it cannot be loaded the plain editor stays.
 *
 * Departure: Monaco reads its language when it is loaded; after a change of the page's language its menus
 * speak the new one from the next visit on.
 */
import type { ComponentType } from "react";
import type { MonacoPaneProps } from "./MonacoPane.tsx";
import type { EditorLanguage } from "./words.ts";

export type MonacoState =
  | { readonly kind: "absent" }
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly Pane: ComponentType<MonacoPaneProps> }
  | { readonly kind: "failed" };

let state: MonacoState = { kind: "absent" };
const listeners = new Set<() => void>();

export function monacoState(): MonacoState {
  return state;
}

export function onMonacoState(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function loadMonaco(language: EditorLanguage): void {
  if (state.kind !== "absent" || isTouchOnly()) return;
  become({ kind: "loading" });
  importPane(language).then(
    (Pane) => become({ kind: "ready", Pane }),
    () => become({ kind: "failed" }),
  );
}

/** Monaco is there but does not work here. */
export function giveUpMonaco(): void {
  become({ kind: "failed" });
}

/** What a person does who is there. */
const STIRS = ["pointermove", "pointerdown", "keydown", "wheel"];
let hasStirred = false;

/** Calls `action` when somebody has stirred and the browser has nothing else to do; returns a way to call it off. */
export function whenSomebodyIsThere(action: () => void): () => void {
  if (hasStirred) return whenIdle(action);
  const over = new AbortController();
  let callOff = (): void => over.abort();
  const stirred = (): void => {
    hasStirred = true;
    over.abort();
    callOff = whenIdle(action);
  };
  for (const kind of STIRS) {
    window.addEventListener(kind, stirred, { signal: over.signal, capture: true, passive: true });
  }
  return () => callOff();
}

function whenIdle(action: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(action, { timeout: 3000 });
    return () => cancelIdleCallback(handle);
  }
  const handle = setTimeout(action, 500);
  return () => clearTimeout(handle);
}

/** Monaco does not work with touch alone: selecting, the keyboard and the menu all miss. */
function isTouchOnly(): boolean {
  return matchMedia("(any-pointer: coarse)").matches && !matchMedia("(any-pointer: fine)").matches;
}

async function importPane(language: EditorLanguage): Promise<ComponentType<MonacoPaneProps>> {
  if (language === "zh") await import("monaco-editor/nls/lang/zh-cn").catch(() => undefined);
  const { MonacoPane } = await import("./MonacoPane.tsx");
  return MonacoPane;
}

function become(next: MonacoState): void {
  state = next;
  for (const listener of listeners) listener();
}
