/**
 * A playground inside somebody's post: the schedule, the picture, the time. It is as high as what it shows, so that it
 * takes no scrolling away from the page around it, and it takes the focus only when a reader gives it.
 */
import {
  type ComponentType,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { InTwoLanguages } from "../../lessons/lesson.ts";
import { useEventAtCursor, useLanguage, usePage, useTheme } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import { toldAt } from "../../trace/outcomes.ts";
import { storyStart } from "../../trace/timeline.ts";
import { useStage } from "../stage/use_stage.ts";
import { EmbedBar } from "./EmbedBar.tsx";
import { EmbedInput } from "./EmbedInput.tsx";
import { EmbedSchedule } from "./EmbedSchedule.tsx";
import { useEmbedWords } from "./embed_words.ts";
import type { PictureViews } from "./panel_views.ts";
import "../tokens.css";
import "../styles/base.css";
import "../stage/stage.css";
import "./embed.css";

export type EmbedPanelName = "sessions" | "index" | "versions" | "waits";

export interface EmbedPageProps {
  readonly panels: readonly EmbedPanelName[];
  /** What the pictures are drawn with; a picture whose view is not there yet is left out. */
  readonly views: PictureViews;
  readonly title: InTwoLanguages | null;
  /** The text of a guided lesson; null without one. */
  readonly guide: ReactNode;
  readonly isEditable: boolean;
  /** Why nothing is shown; null when something is. */
  readonly fault: string | null;
  /** The address of the full page with what is seen here. */
  readonly linkToPage: () => Promise<string>;
  /** Loads what answers "why?". */
  readonly bringWhy: () => Promise<ComponentType>;
  /** What stands in the place of the way there, where there is none. */
  readonly tools: ReactNode;
  /** Is told how high the page would like to be. */
  readonly onHeight: (height: number) => void;
}

export function EmbedPage(props: EmbedPageProps): ReactNode {
  const { panels, fault, guide } = props;
  const words = useEmbedWords();
  const box = useRef<HTMLDivElement>(null);
  useDocumentAttributes();
  useHeight(box, props.onHeight);
  const isEmpty = usePage((page) => page.timeline.length === 0);
  const hasPictures = panels.some((panel) => panel !== "sessions");
  const columns = hasPictures && (guide !== null || panels.includes("sessions")) ? 2 : 1;
  return (
    <div className="embed" ref={box}>
      <div className="embed-head">
        <EmbedBar title={props.title} linkToPage={props.linkToPage} tools={props.tools} />
        {fault === null && guide === null && <Sentence bringWhy={props.bringWhy} />}
      </div>
      {fault === null ? (
        <main
          className="embed-panels"
          data-columns={columns}
          // What has no story yet would leap when it comes.
          style={isEmpty && guide === null ? { visibility: "hidden" } : undefined}
        >
          {(guide !== null || panels.includes("sessions")) && (
            <div className="embed-story">
              {guide}
              {guide !== null && <Sentence bringWhy={props.bringWhy} />}
              {panels.includes("sessions") && (
                <section className="embed-schedule" aria-label={words.schedule}>
                  <EmbedSchedule />
                </section>
              )}
            </div>
          )}
          {hasPictures && <Pictures panels={panels} views={props.views} />}
          {props.isEditable && panels.includes("sessions") && <EmbedInput />}
        </main>
      ) : (
        <p className="embed-fault" role="alert">
          {fault === "" ? words.nothing : words.failed(fault)}
        </p>
      )}
    </div>
  );
}

/** What happened at the cursor, and why, when somebody asks. */
function Sentence({ bringWhy }: Pick<EmbedPageProps, "bringWhy">): ReactNode {
  const words = useEmbedWords();
  const language = useLanguage();
  const event = useEventAtCursor();
  const phase = usePage((page) => page.phase);
  const isBefore = usePage((page) => page.position <= storyStart(page.timeline));
  const notice = usePage((page) => page.notice);
  const [Why, setWhy] = useState<ComponentType | null>(null);
  const ask = (): void => {
    if (Why !== null) setWhy(null);
    else bringWhy().then((view) => setWhy(() => view), isMissing);
  };
  const isMissing = (): void => {
    const retry = (): void => {
      pageStore.setState({ notice: null });
      ask();
    };
    pageStore.setState({ notice: { kind: "partMissing", retry } });
  };
  const timeline = usePage((page) => page.timeline);
  const position = usePage((page) => page.position);
  const hasHappened = event !== null && !isBefore;
  const sentence = hasHappened ? toldAt(timeline, position, language) : words.start;
  const isFailed = notice?.kind === "notOpened" || notice?.kind === "crashed";
  return (
    <div className="embed-told" data-session={event?.session ?? undefined}>
      <p className="embed-sentence" aria-live="polite">
        {notice?.kind === "partMissing" ? (
          <>
            {words.partMissing}{" "}
            <button type="button" className="button" onClick={notice.retry}>
              {words.retry}
            </button>
          </>
        ) : isFailed ? (
          words.failed(notice.message)
        ) : phase === "starting" ? (
          words.starting
        ) : (
          sentence
        )}
      </p>
      {hasHappened && (
        <button type="button" className="button" aria-expanded={Why !== null} onClick={ask}>
          {words.why}
        </button>
      )}
      {hasHappened && Why !== null && <Why />}
    </div>
  );
}

const PICTURES = ["index", "versions", "waits"] as const;

function Pictures({ panels, views }: Pick<EmbedPageProps, "panels" | "views">): ReactNode {
  const stage = useStage();
  const seek = usePage((page) => page.seek);
  return (
    <div className="embed-pictures">
      {PICTURES.map((name) => {
        const View = views[name];
        if (View === undefined || !panels.includes(name)) return null;
        return (
          <section key={name} aria-label={stage.words.panels[name]}>
            <h2 className="visually-hidden">{stage.words.panels[name]}</h2>
            <View {...stage} onGoTo={(seq) => seek(seq + 1)} />
          </section>
        );
      })}
    </div>
  );
}

function useDocumentAttributes(): void {
  const language = useLanguage();
  const theme = useTheme();
  useLayoutEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.documentElement.dataset.theme = theme;
  }, [language, theme]);
}

function useHeight(
  box: React.RefObject<HTMLElement | null>,
  onHeight: (height: number) => void,
): void {
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    const observer = new ResizeObserver(() => onHeight(current.getBoundingClientRect().height));
    observer.observe(current);
    return () => observer.disconnect();
  }, [box, onHeight]);
}
