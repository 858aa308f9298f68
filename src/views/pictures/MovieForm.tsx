/** A range of the story as an animation: from, to, how fine, how fast, and in which format. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { usePage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import { storyStart } from "../../trace/timeline.ts";
import { fileName, saveFile } from "../files/local_files.ts";
import { makeMovie } from "./make_movie.ts";
import { messageOf } from "./messages.ts";
import { type MovieKind, type MovieKinds, movieKinds, ONLY_GIF } from "./movie.ts";
import type { PictureWords } from "./picture_words.ts";
import { FRAMES_MAX, framesBetween, type Moment, momentsOf } from "./poster_parts.ts";
import type { PosterRoom } from "./poster_room.ts";
import { type PosterChoice, posterView } from "./poster_views.ts";
import { type EventRange, isSame, RANGES, type RangeId, rangeOf, wholeOf } from "./ranges.ts";

const FRAME_SECONDS = [0.25, 0.5, 1, 2, 3];
const SCALES = [1, 2];

export function MovieForm(props: {
  readonly room: PosterRoom;
  readonly choice: PosterChoice;
  readonly words: PictureWords;
  readonly title: string;
}): ReactNode {
  const { room, choice, words, title } = props;
  const timeline = usePage((page) => page.timeline);
  const scenario = usePage((page) => page.script.scenario);
  const moments = useMemo(() => momentsOf(timeline, scenario), [timeline, scenario]);
  const cursor = usePage((page) => page.position);
  const [range, setRange] = useState<EventRange>(() => wholeOf(timeline));
  const [pace, setPace] = useState<"statements" | "events">("statements");
  const [seconds, setSeconds] = useState(1);
  const [scale, setScale] = useState(1);
  const [kind, setKind] = useState<MovieKind>("gif");
  const { kinds, isWithoutLibrary } = useMovieKinds();
  const [said, say] = useState("");
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null);
  const [made, setMade] = useState<{ name: string; blob: Blob } | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const frames = useMemo(() => {
    const { from, to } = range;
    return framesBetween(timeline, Math.min(from, to), Math.max(from, to), pace);
  }, [timeline, range, pace]);
  const isTooMany = frames.length > FRAMES_MAX;

  const make = async (): Promise<void> => {
    const controller = new AbortController();
    abort.current = controller;
    say("");
    setMade(null);
    try {
      const page = pageStore.getState();
      const blob = await makeMovie(room, {
        kind,
        views: frames.map((position) => posterView(page, position, choice)),
        milliseconds: seconds * 1000,
        scale,
        signal: controller.signal,
        onProgress: (done, of) => setProgress({ done, of }),
      });
      if (blob === null) say(words.cancelled);
      else {
        setMade({ name: fileName(title, `.${kind}`), blob });
        say(words.ready(Math.ceil(blob.size / 1024)));
      }
    } catch (error) {
      say(messageOf(error, words));
    } finally {
      setProgress(null);
    }
  };
  const save = async (): Promise<void> => {
    if (made !== null && (await saveFile(made.name, made.blob))) {
      say(words.saved(made.name, Math.ceil(made.blob.size / 1024)));
    }
  };
  const select = (
    label: string,
    value: number,
    values: readonly number[],
    set: (n: number) => void,
    text: (n: number) => string,
  ) => (
    <label>
      {label}
      <select
        className="select"
        value={value}
        onChange={(event) => set(Number(event.target.value))}
      >
        {values.map((each) => (
          <option key={each} value={each}>
            {text(each)}
          </option>
        ))}
      </select>
    </label>
  );
  const places = (chosen: number): readonly number[] =>
    [...new Set([...moments.map(({ position }) => position), chosen])].sort((a, b) => a - b);
  const placeText = (position: number): string => {
    const moment = moments.find((one) => one.position === position);
    return moment === undefined
      ? words.event(position - storyStart(timeline))
      : labelOf(moment, words);
  };
  const take = (id: RangeId): void => {
    setRange(rangeOf(id, timeline, cursor));
    setPace(id === "all" ? "statements" : "events");
  };
  const total = (frames.length + 2) * seconds;
  return (
    <fieldset className="pictures-form">
      <legend>{words.moving}</legend>
      <fieldset className="pictures-choices" disabled={progress !== null} aria-label={words.moving}>
        <fieldset className="pictures-ranges" aria-label={words.range}>
          {RANGES.filter((id) => id !== "tenHere" || cursor < timeline.length).map((id) => (
            <button
              key={id}
              type="button"
              className="button"
              aria-pressed={isSame(range, rangeOf(id, timeline, cursor))}
              onClick={() => take(id)}
            >
              {words.ranges[id]}
            </button>
          ))}
        </fieldset>
        {select(
          words.from,
          range.from,
          places(range.from),
          (from) => setRange({ ...range, from }),
          placeText,
        )}
        {select(
          words.to,
          range.to,
          places(range.to),
          (to) => setRange({ ...range, to }),
          placeText,
        )}
        <label>
          {words.pace}
          <select
            className="select"
            value={pace}
            onChange={(event) => setPace(event.target.value === "events" ? "events" : "statements")}
          >
            <option value="statements">{words.statements}</option>
            <option value="events">{words.events}</option>
          </select>
        </label>
        {select(words.frameTime, seconds, FRAME_SECONDS, setSeconds, words.seconds)}
        {select(words.size, scale, SCALES, setScale, (each) => `${each}x`)}
        <label>
          {words.format}
          <select
            className="select"
            value={kind}
            onChange={(event) =>
              setKind(kinds.find((each) => each === event.target.value) ?? "gif")
            }
          >
            {kinds.map((each) => (
              <option key={each} value={each}>
                {words.kinds[each]}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
      {isWithoutLibrary && <p className="pictures-said">{words.noVideo}</p>}
      <p className="pictures-said" data-bad={isTooMany}>
        {isTooMany ? words.tooMany(frames.length, FRAMES_MAX) : words.frames(frames.length, total)}
      </p>
      <div className="pictures-make">
        {progress === null ? (
          <button
            type="button"
            className="button button-primary"
            disabled={isTooMany || choice.parts.length === 0}
            onClick={() => void make()}
          >
            {words.make}
          </button>
        ) : (
          <Progress {...progress} words={words} onCancel={() => abort.current?.abort()} />
        )}
        {made !== null && progress === null && (
          <button type="button" className="button" onClick={() => void save()}>
            {words.save(made.name)}
          </button>
        )}
        <p role="status" className="pictures-said">
          {said}
        </p>
      </div>
    </fieldset>
  );
}

function Progress(props: {
  readonly done: number;
  readonly of: number;
  readonly words: PictureWords;
  readonly onCancel: () => void;
}): ReactNode {
  const { done, of, words } = props;
  return (
    <div className="pictures-progress">
      <label>
        <progress value={done} max={of} />
        {words.making(Math.min(done + 1, of), of)}
      </label>
      <button type="button" className="button" onClick={props.onCancel}>
        {words.cancel}
      </button>
    </div>
  );
}

function labelOf(moment: Moment | undefined, words: PictureWords): string {
  if (moment === undefined || moment.step === 0) return `0 ${words.start}`;
  const text = moment.text.length > 48 ? `${moment.text.slice(0, 47)}…` : moment.text;
  return `${moment.step} ${moment.session === "" ? "" : `${moment.session}: `}${text}`;
}

/** GIF until the browser has said what else it can encode. */
function useMovieKinds(): MovieKinds {
  const [kinds, setKinds] = useState(ONLY_GIF);
  useEffect(() => {
    let isWanted = true;
    void movieKinds(1280, 720).then((found) => {
      if (isWanted) setKinds(found);
    });
    return () => {
      isWanted = false;
    };
  }, []);
  return kinds;
}
