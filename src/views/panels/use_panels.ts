/** The arrangement that is shown, and what a person can do to it; all of it is remembered. */
import type { Arrangement } from "../../lessons/lesson.ts";
import { lessonById } from "../../lessons/lessons.ts";
import { useGuide } from "../../store/guide_store.ts";
import { usePage } from "../../store/hooks.ts";
import type { StagePreferences } from "../../store/preferences.ts";
import {
  type Cell,
  cellOf,
  isPanel,
  type PanelId,
  ROWS,
  type Row,
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

export function usePanels(): Panels {
  const stage = usePage((page) => page.preferences.stage);
  const layouts = usePage((page) => page.preferences.layouts);
  const prefer = usePage((page) => page.prefer);
  const lesson = usePage((page) => page.script.lesson);
  const guided = useGuide((guide) => (guide.lesson?.id === lesson ? guide.lesson : null));
  const ofExample = guided?.view ?? lessonById(lesson)?.arrangement ?? "locks";
  const arrangement = stage.arrangement ?? ofExample;
  const hidden = stage.hidden[arrangement] ?? [];
  const change = (changed: Partial<StagePreferences>): void =>
    prefer({ stage: { ...stage, ...changed } });
  const frontKey = (cell: Cell): string => `${arrangement} ${cell.id}`;
  const withFront = (panel: PanelId): StagePreferences["front"] => {
    const cell = cellOf(ROWS[arrangement], panel);
    return cell === null ? stage.front : { ...stage.front, [frontKey(cell)]: panel };
  };
  return {
    arrangement,
    chosen: stage.arrangement,
    ofExample,
    rows: shownRows(ROWS[arrangement], hidden),
    focused: isPanel(stage.focused) ? stage.focused : null,
    isHidden: (panel) => hidden.includes(panel),
    frontOf: (cell) => {
      const front = stage.front[frontKey(cell)] ?? null;
      const known = cell.panels.find((panel) => panel === front);
      return known ?? (cell.panels[0] as PanelId);
    },
    choose: (chosen) => change({ arrangement: chosen, focused: null }),
    show: (panel, isShown) =>
      change({
        hidden: {
          ...stage.hidden,
          [arrangement]: isShown ? hidden.filter((name) => name !== panel) : [...hidden, panel],
        },
        focused: null,
        ...(isShown ? { front: withFront(panel) } : {}),
      }),
    bringForward: (panel) => change({ front: withFront(panel) }),
    focus: (panel) => change({ focused: panel }),
    hasSights: stage.sights?.[arrangement] ?? arrangement === "versions",
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
