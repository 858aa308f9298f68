/** The page's one store: what every view reads, and nothing computed in a view. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { TraceEvent } from "../trace/events.ts";
import { initialState } from "../trace/initial_state.ts";
import { type Ref, sameRef } from "../trace/ref.ts";
import type { State } from "../trace/state.ts";
import { defaultPreferences, type Preferences, type Surroundings } from "./preferences.ts";

export interface PageState {
  /** The fold of the trace up to the cursor. */
  readonly stateAtCursor: State;
  /** The last event folded into it; null at the very start. */
  readonly eventAtCursor: TraceEvent | null;
  readonly selection: Ref | null;
  readonly hover: Ref | null;
  readonly preferences: Preferences;
  readonly surroundings: Surroundings;

  /** Selecting what is selected takes the selection away. */
  readonly select: (ref: Ref | null) => void;
  readonly point: (ref: Ref | null) => void;
}

export type PageStore = StoreApi<PageState>;

export function createPageStore(surroundings: Surroundings): PageStore {
  return createStore<PageState>((set) => ({
    stateAtCursor: initialState,
    eventAtCursor: null,
    selection: null,
    hover: null,
    preferences: defaultPreferences(surroundings),
    surroundings,
    select: (ref) => set((page) => ({ selection: sameRef(page.selection, ref) ? null : ref })),
    point: (ref) => set((page) => (sameRef(page.hover, ref) ? page : { hover: ref })),
  }));
}

/** The store of this page. */
export const pageStore: PageStore = createPageStore({
  darkScheme: false,
  reducedMotion: false,
  languages: ["en"],
});
