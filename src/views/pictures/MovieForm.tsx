/** A range of the story as an animation: from, to, how fine, how fast, and in which format. */
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { usePage } from "../../store/hooks.ts";
import { storyStart, type Timeline } from "../../trace/timeline.ts";
import { Choice } from "./Choice.tsx";
import { type MovieKind, type MovieKinds, movieKinds, ONLY_GIF } from "./movie.ts";
import type { PictureWords } from "./picture_words.ts";
import { FRAMES_MAX, framesBetween, type Moment, momentsOf } from "./poster_parts.ts";
import type { PosterRoom } from "./poster_room.ts";
import type { PosterChoice } from "./poster_views.ts";
import { type EventRange, isSame, RANGES, type RangeId, rangeOf, wholeOf } from "./ranges.ts";
import { type MovieMaking, useMovieMaking } from "./use_movie_making.ts";

const FRAME_SECONDS = [0.25, 0.5, 1, 2, 3];
const SCALES = [1, 2];
const PACES = ["statements", "events"] as const;

type Pace = (typeof PACES)[number];

export function MovieForm(props: {
  readonly room: PosterRoom;
  readonly choice: PosterChoice;
  readonly words: PictureWords;
  readonly title: string;
}): ReactNode {
  const { room, choice, words, title } = props;
  const timeline = usePage((page) => page.timeline);
  const [range, setRange] = useState<EventRange>(() => wholeOf(timeline));
  const [pace, setPace] = useState<Pace>("statements");
  const [seconds, setSeconds] = useState(1);
  const [scale, setScale] = useState(1);
  const [kind, setKind] = useState<MovieKind>("gif");
  const { kinds, isWithoutLibrary } = useMovieKinds();
  const making = useMovieMaking(title, words);
  const frames = useMemo(() => {
    const { from, to } = range;
    return framesBetween(timeline, Math.min(from, to), Math.max(from, to), pace);
  }, [timeline, range, pace]);
  const isTooMany = frames.length > FRAMES_MAX;
  const total = (frames.length + 2) * seconds;
  return (
    <fieldset className="pictures-form">
      <legend>{words.moving}</legend>
      <fieldset
        className="pictures-choices"
        disabled={making.progress !== null}
        aria-label={words.moving}
      >
        <RangeButtons
          range={range}
          words={words}
          onTake={(id, taken) => {
            setRange(taken);
            setPace(id === "all" ? "statements" : "events");
          }}
        />
        <RangeEnds range={range} timeline={timeline} words={words} onChange={setRange} />
        <Choice
          label={words.pace}
          value={pace}
          values={PACES}
          text={(each) => words[each]}
          onChange={setPace}
        />
        <Choice
          label={words.frameTime}
          value={seconds}
          values={FRAME_SECONDS}
          text={words.seconds}
          onChange={setSeconds}
        />
        <Choice
          label={words.size}
          value={scale}
          values={SCALES}
          text={(each) => `${each}x`}
          onChange={setScale}
        />
        <Choice
          label={words.format}
          value={kind}
          values={kinds}
          text={(each) => words.kinds[each]}
          onChange={setKind}
        />
      </fieldset>
      {isWithoutLibrary && <p className="pictures-said">{words.noVideo}</p>}
      <p className="pictures-said" data-bad={isTooMany}>
        {isTooMany ? words.tooMany(frames.length, FRAMES_MAX) : words.frames(frames.length, total)}
      </p>
      <MakeRow
        making={making}
        words={words}
        isPossible={!isTooMany && choice.parts.length > 0}
        onMake={() => void making.make({ room, choice, frames, kind, seconds, scale })}
      />
    </fieldset>
  );
}

/** The whole story, and what lies around the cursor. */
function RangeButtons(props: {
  readonly range: EventRange;
  readonly words: PictureWords;
  readonly onTake: (id: RangeId, range: EventRange) => void;
}): ReactNode {
  const { range, words, onTake } = props;
  const timeline = usePage((page) => page.timeline);
  const cursor = usePage((page) => page.position);
  return (
    <fieldset className="pictures-ranges" aria-label={words.range}>
      {RANGES.filter((id) => id !== "tenHere" || cursor < timeline.length).map((id) => (
        <button
          key={id}
          type="button"
          className="button"
          aria-pressed={isSame(range, rangeOf(id, timeline, cursor))}
          onClick={() => onTake(id, rangeOf(id, timeline, cursor))}
        >
          {words.ranges[id]}
        </button>
      ))}
    </fieldset>
  );
}

function RangeEnds(props: {
  readonly range: EventRange;
  readonly timeline: Timeline;
  readonly words: PictureWords;
  readonly onChange: (range: EventRange) => void;
}): ReactNode {
  const { range, timeline, words, onChange } = props;
  const scenario = usePage((page) => page.script.scenario);
  const moments = useMemo(() => momentsOf(timeline, scenario), [timeline, scenario]);
  const places = (chosen: number): readonly number[] =>
    [...new Set([...moments.map(({ position }) => position), chosen])].sort((a, b) => a - b);
  const placeText = (position: number): string => {
    const moment = moments.find((one) => one.position === position);
    return moment === undefined
      ? words.event(position - storyStart(timeline))
      : labelOf(moment, words);
  };
  return (["from", "to"] as const).map((end) => (
    <Choice
      key={end}
      label={words[end]}
      value={range[end]}
      values={places(range[end])}
      text={placeText}
      onChange={(position) => onChange({ ...range, [end]: position })}
    />
  ));
}

function MakeRow(props: {
  readonly making: MovieMaking;
  readonly words: PictureWords;
  readonly isPossible: boolean;
  readonly onMake: () => void;
}): ReactNode {
  const { words, isPossible, onMake } = props;
  const { progress, made, said, cancel, save } = props.making;
  return (
    <div className="pictures-make">
      {progress === null ? (
        <button
          type="button"
          className="button button-primary"
          disabled={!isPossible}
          onClick={onMake}
        >
          {words.make}
        </button>
      ) : (
        <Progress {...progress} words={words} onCancel={cancel} />
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
