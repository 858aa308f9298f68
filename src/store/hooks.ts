/**
 * What a view reads from the store, one hook per question. Views use these and nothing else of the store. `usePage` and all that
 * follow it read the page behind the picture that leads (see `calm_page.ts`), which reads `useLeadingPage`.
 */
import { createContext, useContext, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { TraceEvent } from "../trace/events.ts";
import type { Ref } from "../trace/ref.ts";
import type { State } from "../trace/state.ts";
import { type CalmPage, calmPages } from "./calm_page.ts";
import { type PageState, pageStore } from "./page_store.ts";
import { type Language, resolvedTheme, type Theme } from "./preferences.ts";

/** The page of the turn in which what reads it is drawn; the first, unless something around it says otherwise. */
export const Turn = createContext<CalmPage>(calmPages[0] ?? pageStore);

/** Any part of the page; the selector must return something that is stable between equal states. */
export function usePage<T>(selector: (page: PageState) => T): T {
  return useStore(useContext(Turn), selector);
}

/** As `usePage`, for what people watch while the cursor moves: it is drawn before the rest. */
export function useLeadingPage<T>(selector: (page: PageState) => T): T {
  return useStore(pageStore, selector);
}

/** Only what takes longer is worth a word. */
const LONG_MS = 300;

/**
 * Whether a command has been going on for a while. Nothing is drawn when it begins: behind a key that changes something on the
 * page Chrome keeps the worker's answer back for a frame.
 */
export function useIsLongAtWork(): boolean {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (isWorking: boolean): void => {
      clearTimeout(timer);
      if (isWorking) timer = setTimeout(() => setIsLong(true), LONG_MS);
      else setIsLong(false);
    };
    look(pageStore.getState().phase === "working");
    const stop = pageStore.subscribe(({ phase }, old) => {
      if (phase !== old.phase) look(phase === "working");
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return isLong;
}

/** The server's state at the cursor. */
export function useStateAtCursor(): State {
  return usePage((page) => page.stateAtCursor);
}

/** The event that led to the state at the cursor; null before the first. */
export function useEventAtCursor(): TraceEvent | null {
  return usePage((page) => page.eventAtCursor);
}

export function useSelection(): Ref | null {
  return usePage((page) => page.selection);
}

/** Sets the selection; the same thing again takes it away. */
export function useSelect(): (ref: Ref | null) => void {
  return usePage((page) => page.select);
}

/** Sets what is hovered or focused. */
export function usePoint(): (ref: Ref | null) => void {
  return usePage((page) => page.point);
}

export function useLanguage(): Language {
  return usePage((page) => page.preferences.language);
}

export function useTheme(): Theme {
  return usePage((page) => resolvedTheme(page.preferences.theme, page.surroundings));
}
