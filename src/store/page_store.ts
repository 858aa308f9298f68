/**
 * The page's one store: what every view reads. What follows from the trace and the cursor (the state, the event) is
 * computed here when they change, so that no view and no effect derives anything.
 *
 *     script ──commands──▶ worker ──events──▶ timeline ──position──▶ stateAtCursor ──▶ views
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { TraceEvent } from "../trace/events.ts";
import type { SessionName } from "../trace/ids.ts";
import { initialState } from "../trace/initial_state.ts";
import { type Ref, sameRef } from "../trace/ref.ts";
import type { State } from "../trace/state.ts";
import {
  emptyTimeline,
  eventAt,
  nothingPassed,
  type Passed,
  type Timeline,
  walkedTo,
} from "../trace/timeline.ts";
import type { Comparison } from "./comparing.ts";
import type { Notice } from "./notice.ts";
import { type PageCommands, sleepingCommands } from "./page_commands.ts";
import type { TimeRate } from "./passing_time.ts";
import type { Peek } from "./peek.ts";
import { defaultPreferences, type Preferences, type Surroundings } from "./preferences.ts";
import {
  type Branch,
  type Deed,
  inOrder,
  type Script,
  SESSION_NAMES,
  withBookmarkToggled,
  withTitle,
} from "./script.ts";
import type { Twin } from "./twin.ts";

/** A script to come back to; with the editors' texts when leaving it replaced them. */
export interface Snapshot {
  readonly script: Script;
  /** Null where these stayed as they were. */
  readonly texts: Readonly<Record<string, string>> | null;
  readonly branches: readonly Branch[] | null;
  /** Where in it somebody was, in events; null: at its end. */
  readonly position: number | null;
  /** The text that a run came from, in the place of one that had run; null where it only grew. */
  readonly edit: TextEdit | null;
  /** What led away from it. */
  readonly by: Deed;
}

/** What a session's editor held before and after. */
export interface TextEdit {
  readonly session: SessionName;
  readonly from: string;
  readonly to: string;
}

/** All of it. */
export function snapshotOf(
  page: Pick<Snapshot, "script" | "texts" | "branches" | "position">,
  by: Deed,
): Snapshot {
  const { script, texts, branches, position } = page;
  return { script, texts, branches, position, edit: null, by };
}

/** All that the page knows. Timeline positions count events: position n is behind the n-th. */
export interface PageState {
  // what was typed and run
  readonly script: Script;
  /** By session. */
  readonly texts: Readonly<Record<string, string>>;
  /** By session: the text that its last run came from. */
  readonly ranTexts: Readonly<Record<string, string>>;
  readonly branches: readonly Branch[];
  readonly undo: readonly Snapshot[];
  readonly redo: readonly Snapshot[];
  /** How often another script was opened: an example, a reload, undo, another future. */
  readonly openings: number;

  // what the server did
  readonly phase: "starting" | "ready" | "working";
  /** How far a command is that takes long. */
  readonly progress: { readonly events: number } | null;
  readonly timeline: Timeline;
  readonly notice: Notice | null;
  /** Takes the newer version of the site that is there; null when there is none. */
  readonly update: (() => void) | null;
  /** The stream of a session as it would be if its result were taken the other way; null without a simulated client. */
  readonly twin: Twin | null;
  /** Whose stream is looked at; null: the first there is. */
  readonly twinOf: SessionName | null;

  /** Two scripts beside each other, while somebody looks at them. */
  readonly comparison: Comparison | null;

  /** The sheet that lies over the page. */
  readonly sheet: Sheet | null;
  /** The step that the sheet `step` is about. */
  readonly editing: number;

  // where we look
  /** Events folded in; the length of the timeline is "now". */
  readonly position: number;
  /** The fold of the trace up to the cursor. */
  readonly stateAtCursor: State;
  /** What the cursor came by around here. */
  readonly passed: Passed;
  /** The last event folded into it; null at the very start. */
  readonly eventAtCursor: TraceEvent | null;
  readonly playing: boolean;
  /** Where playing stops, in events, if that is before the end. */
  readonly playsTo: number;
  /** How fast virtual time passes by itself. */
  readonly timeRate: TimeRate;
  /** What a statement that was not run would do; goes when the cursor moves. */
  readonly peek: Peek | null;
  readonly selection: Ref | null;
  readonly hover: Ref | null;
  /** A lesson's question stands open: what would give its answer away is not shown. */
  readonly isAsking: boolean;

  readonly preferences: Preferences;
  readonly surroundings: Surroundings;

  /** What goes to the worker; does nothing until the page is started. */
  readonly commands: PageCommands;

  /** Selecting what is selected takes the selection away. */
  readonly select: (ref: Ref | null) => void;
  readonly point: (ref: Ref | null) => void;
  readonly seek: (position: number) => void;
  /** Sets a bookmark at the cursor, or takes the one that is there away. */
  readonly toggleBookmark: () => void;
  /** An empty title: the lesson's, or none. */
  readonly rename: (title: string) => void;
  /** `to`: where it stops, in events; else at the end. */
  readonly setPlaying: (playing: boolean, to?: number) => void;
  readonly setTimeRate: (timeRate: TimeRate) => void;
  readonly setText: (session: SessionName, text: string) => void;
  readonly addSession: () => void;
  readonly hideSession: (session: SessionName) => void;
  readonly prefer: (change: Partial<Preferences>) => void;
  readonly setSurroundings: (change: Partial<Surroundings>) => void;
  readonly openSheet: (sheet: Sheet | null) => void;
  /** Opens the sheet in which a step of the past is written anew. */
  readonly editStep: (command: number) => void;
  readonly dismissNotice: () => void;
  readonly watchStream: (session: SessionName) => void;
  readonly dismissPeek: () => void;
}

export type Sheet = "help" | "compare" | "palette" | "deadlockLog" | "title" | "tables" | "step";

export type PageStore = StoreApi<PageState>;

const NOWHERE: Surroundings = { darkScheme: false, reducedMotion: false, languages: ["en"] };

export function createPageStore(): PageStore {
  return createStore<PageState>((set) => ({
    script: {
      lesson: null,
      scenario: { id: "empty", setup: [], steps: [] },
      sessions: SESSION_NAMES.slice(0, 2),
    },
    texts: {},
    ranTexts: {},
    branches: [],
    undo: [],
    redo: [],
    openings: 0,
    phase: "starting",
    progress: null,
    timeline: emptyTimeline,
    notice: null,
    update: null,
    twin: null,
    twinOf: null,
    comparison: null,
    sheet: null,
    editing: 0,
    position: 0,
    stateAtCursor: initialState,
    passed: nothingPassed,
    eventAtCursor: null,
    playing: false,
    playsTo: Number.POSITIVE_INFINITY,
    timeRate: 0,
    peek: null,
    selection: null,
    hover: null,
    isAsking: false,
    preferences: defaultPreferences(NOWHERE),
    surroundings: NOWHERE,
    commands: sleepingCommands,

    select: (ref) => set((page) => ({ selection: sameRef(page.selection, ref) ? null : ref })),
    point: (ref) => set((page) => (sameRef(page.hover, ref) ? page : { hover: ref })),
    seek: (position) =>
      set((page) => ({
        ...lookingAt(page, page.timeline, position),
        // What a statement came to is told of the moment at which one stood.
        ...(page.notice?.kind === "woken" ? { notice: null } : {}),
      })),
    toggleBookmark: () =>
      set(({ script, position }) => ({ script: withBookmarkToggled(script, position) })),
    rename: (title) => set(({ script }) => ({ script: withTitle(script, title) })),
    setPlaying: (playing, to = Number.POSITIVE_INFINITY) => set({ playing, playsTo: to }),
    setTimeRate: (timeRate) => set({ timeRate }),
    setText: (session, text) => set((page) => ({ texts: { ...page.texts, [session]: text } })),
    addSession: () =>
      set((page) => {
        const name = freeSession(page);
        return name === null ? page : withCards(page, [...page.script.sessions, name]);
      }),
    hideSession: (session) =>
      set((page) =>
        withCards(
          page,
          page.script.sessions.filter((name) => name !== session),
        ),
      ),
    prefer: (change) => set((page) => ({ preferences: { ...page.preferences, ...change } })),
    setSurroundings: (change) =>
      set((page) => ({ surroundings: { ...page.surroundings, ...change } })),
    openSheet: (sheet) => set({ sheet }),
    editStep: (editing) => set({ sheet: "step", editing }),
    dismissNotice: () => set({ notice: null }),
    watchStream: (twinOf) => set({ twinOf }),
    dismissPeek: () => set({ peek: null }),
  }));
}

/** The fields that follow from a timeline and a position in it. */
export function lookingAt(
  page: Pick<PageState, "stateAtCursor" | "passed" | "selection">,
  timeline: Timeline,
  wanted: number,
): Pick<
  PageState,
  "timeline" | "position" | "stateAtCursor" | "passed" | "eventAtCursor" | "peek" | "selection"
> {
  const position = Math.max(0, Math.min(Math.round(wanted), timeline.length));
  const { state: stateAtCursor, passed } = walkedTo(timeline, page.passed, position);
  return {
    timeline,
    position,
    stateAtCursor,
    passed,
    eventAtCursor: eventAt(timeline, position - 1),
    peek: null,
    selection: stillAsked(page, stateAtCursor),
  };
}

/** Who selects a session that waits asks why it does; when it waits no longer, what happens is told again. */
function stillAsked(
  { selection, stateAtCursor: before }: Pick<PageState, "selection" | "stateAtCursor">,
  now: State,
): Ref | null {
  if (selection?.kind !== "session") return selection;
  const waits = (state: State) =>
    state.sessions.some(({ name, wait }) => name === selection.id && wait !== null);
  return waits(before) && !waits(now) ? null : selection;
}

/** The first letter without a card whose connection was not closed; null when there is none. */
export function freeSession(page: Pick<PageState, "script" | "timeline">): SessionName | null {
  const used = page.timeline.head.sessions.map((session) => session.name);
  const free = SESSION_NAMES.filter((name) => !page.script.sessions.includes(name));
  return free.find((name) => !used.includes(name)) ?? null;
}

function withCards(page: PageState, sessions: readonly SessionName[]): Pick<PageState, "script"> {
  return { script: { ...page.script, sessions: inOrder(sessions) } };
}

/** The store of this page. */
export const pageStore: PageStore = createPageStore();
