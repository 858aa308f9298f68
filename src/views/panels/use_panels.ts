/** The arrangement that is shown, and what a person can do to it; all of it is remembered. */
import type { Arrangement } from "../../lessons/lesson.ts";
import { lessonById } from "../../lessons/lessons.ts";
import { type GuideState, guideStore, useGuide } from "../../store/guide_store.ts";
import { usePage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import type { StagePreferences } from "../../store/preferences.ts";
import { LOW, useMedia } from "../shell/use_media.ts";
import {
  type Cell,
  cellOf,
  type PanelId,
  panelsOf,
  type Row,
  rowsOf,
  shownRows,
} from "./arrangements.ts";

export interface Panels {
  readonly arrangement: Arrangement;
  /** What the example asks for; null when the person chose. */
  readonly chosen: Arrangement | null;
  readonly ofExample: Arrangement;
  readonly rows: readonly Row[];
  readonly focused: PanelId | null;
  readonly isHidden: (panel: PanelId) => boolean;
  readonly frontOf: (cell: Cell) => PanelId;
  readonly choose: (arrangement: Arrangement | null) => void;
  /** Puts a panel away, or back and in front. */
  readonly show: (panel: PanelId, isShown: boolean) => void;
  readonly bringForward: (panel: PanelId) => void;
  readonly focus: (panel: PanelId | null) => void;
  /** Under the records of an index stands what each session would see. */
  readonly hasSights: boolean;
  readonly showSights: (isShown: boolean) => void;
  /** The arrangement as it was at first: all panels, first sizes. */
  readonly restore: () => void;
}

/** Whether what each session would see is shown: what the picture that leads asks with each step, and no more. */
export function useHasSights(): boolean {
  const stage = usePage((page) => page.preferences.stage);
  const lesson = usePage((page) => page.script.lesson);
  const ofExample = useGuide((guide) => arrangementOf(lesson, guide));
  return hasSights(stage, stage.arrangement ?? ofExample);
}

function hasSights(stage: StagePreferences, arrangement: Arrangement): boolean {
  return stage.sights?.[arrangement] ?? arrangement === "versions";
}

export function usePanels(): Panels {
  const stage = usePage((page) => page.preferences.stage);
  const layouts = usePage((page) => page.preferences.layouts);
  const prefer = usePage((page) => page.prefer);
  const lesson = usePage((page) => page.script.lesson);
  const ofExample = useGuide((guide) => arrangementOf(lesson, guide));
  const arrangement = stage.arrangement ?? ofExample;
  const hidden = stage.hidden[arrangement] ?? [];
  const hasLog = usePage((page) => page.script.log !== undefined);
  const rows = rowsOf(arrangement, useMedia(LOW), hasLog);
  const focused = panelsOf(hasLog).find((panel) => panel === stage.focused) ?? null;
  const change = (changed: Partial<StagePreferences>): void =>
    prefer({ stage: { ...stage, ...changed } });
  const frontKey = (cell: Cell): string => frontKeyOf(arrangement, cell);
  return {
    arrangement,
    chosen: stage.arrangement,
    ofExample,
    rows: shownRows(rows, hidden),
    focused,
    isHidden: (panel) => hidden.includes(panel),
    frontOf: (cell) => {
      const front = stage.front[frontKey(cell)] ?? null;
      const known = cell.panels.find((panel) => panel === front);
      return known ?? (cell.panels[0] as PanelId);
    },
    choose: (chosen) => change({ arrangement: chosen, focused: null }),
    show: (panel, isShown) =>
      change(
        isShown
          ? shown(stage, arrangement, rows, panel)
          : { hidden: { ...stage.hidden, [arrangement]: [...hidden, panel] }, focused: null },
      ),
    bringForward: (panel) => change({ front: withFront(stage, arrangement, rows, panel) }),
    focus: (panel) => change({ focused: panel }),
    hasSights: hasSights(stage, arrangement),
    showSights: (isShown) => change({ sights: { ...stage.sights, [arrangement]: isShown } }),
    restore: () => {
      const { [arrangement]: _, ...others } = stage.hidden;
      const isOurs = (key: string): boolean => key.startsWith(`stage ${arrangement} `);
      const kept = Object.entries(layouts).filter(([key]) => !isOurs(key));
      const front = Object.entries(stage.front).filter(
        ([key]) => !key.startsWith(`${arrangement} `),
      );
      prefer({
        layouts: Object.fromEntries(kept),
        stage: { ...stage, hidden: others, front: Object.fromEntries(front), focused: null },
      });
    },
  };
}

/** From outside the stage: the panel is shown, put away or not, in front of the tabs that it shares a place with. */
export function bringPanel(panel: PanelId): void {
  const { preferences, prefer, script } = pageStore.getState();
  const { stage } = preferences;
  const guide = guideStore.getState();
  const arrangement = stage.arrangement ?? arrangementOf(script.lesson, guide);
  const rows = rowsOf(arrangement, window.matchMedia(LOW).matches, script.log !== undefined);
  prefer({ stage: { ...stage, ...shown(stage, arrangement, rows, panel) } });
  // The tabs of one column are its own.
  guide.askFor(panel);
}

/** From outside the stage: the panel alone, as large as the stage. */
export function focusPanel(panel: PanelId): void {
  bringPanel(panel);
  const { preferences, prefer } = pageStore.getState();
  prefer({ stage: { ...preferences.stage, focused: panel } });
}

/** What the example, or the lesson that guides through it, asks for. */
export function arrangementOf(lesson: string | null, guide: GuideState): Arrangement {
  const guided = guide.lesson?.id === lesson ? guide.lesson : null;
  return guided?.view ?? lessonById(lesson)?.arrangement ?? "locks";
}

function shown(
  stage: StagePreferences,
  arrangement: Arrangement,
  rows: readonly Row[],
  panel: PanelId,
): Pick<StagePreferences, "hidden" | "focused" | "front"> {
  const hidden = (stage.hidden[arrangement] ?? []).filter((name) => name !== panel);
  return {
    hidden: { ...stage.hidden, [arrangement]: hidden },
    focused: null,
    front: withFront(stage, arrangement, rows, panel),
  };
}

function withFront(
  { front }: StagePreferences,
  arrangement: Arrangement,
  rows: readonly Row[],
  panel: PanelId,
): StagePreferences["front"] {
  const cell = cellOf(rows, panel);
  return cell === null ? front : { ...front, [frontKeyOf(arrangement, cell)]: panel };
}

function frontKeyOf(arrangement: Arrangement, cell: Cell): string {
  return `${arrangement} ${cell.id}`;
}
