/** The sheet that takes pictures: what is on them, still ones, moving ones, and a look at what comes out. */
import { loadWords } from "virtual:words";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useLanguage, usePage, useTheme } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import { Dialog } from "../shell/Dialog.tsx";
import { Choice } from "./Choice.tsx";
import type { SvgPicture } from "./html_to_svg.ts";
import { MovieForm } from "./MovieForm.tsx";
import type { PosterView } from "./Poster.tsx";
import { type PictureWords, pictureWords } from "./picture_words.ts";
import { PARTS, type Part } from "./poster_parts.ts";
import { openPosterRoom, type PosterRoom } from "./poster_room.ts";
import { type PosterChoice, posterView } from "./poster_views.ts";
import { StillForm } from "./StillForm.tsx";
import "./pictures.css";

const WIDTHS = [640, 800, 1000, 1280, 1600];
const FIRST_PARTS: readonly Part[] = ["index", "versions", "waits"];

export function PictureDialog(props: { readonly onClose: () => void }): ReactNode {
  const ownLanguage = useLanguage();
  const ownTheme = useTheme();
  const words = pictureWords(ownLanguage);
  const position = usePage((page) => page.position);
  const script = usePage((page) => page.script);
  const hasStream = usePage((page) => page.stateAtCursor.net.length > 0);
  const [choice, setChoice] = useState<PosterChoice>({
    parts: hasStream ? [...FIRST_PARTS, "stream"] : FIRST_PARTS,
    language: ownLanguage,
    theme: ownTheme,
    width: 1000,
  });
  const room = useRoom();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page at this position is what is drawn
  const view = useMemo(
    () => posterView(pageStore.getState(), position, choice),
    [position, script, choice],
  );
  const picture = usePicture(room, view);
  const isFresh = picture?.view === view;
  const change = (part: Partial<PosterChoice>): void => {
    const set = (): void => setChoice((before) => ({ ...before, ...part }));
    // What is said in Chinese is loaded when it is wanted.
    if (part.language === "zh") void loadWords("zh").then(set);
    else set();
  };
  return (
    <Dialog title={words.title} closeLabel={words.close} onClose={props.onClose}>
      <div className="pictures">
        <ChoiceForm choice={choice} words={words} onChange={change} />
        {choice.parts.length === 0 && <p role="alert">{words.noParts}</p>}
        {picture !== null && <Preview svg={picture.svg} label={words.preview} />}
        {picture !== null && (
          <StillForm picture={picture} isFresh={isFresh} title={view.title} words={words} />
        )}
        {room !== null && (
          <MovieForm room={room} choice={choice} words={words} title={view.title} />
        )}
      </div>
    </Dialog>
  );
}

interface Drawn extends SvgPicture {
  readonly view: PosterView;
}

/** Null until it has been laid out, which React does not do while it is at work on this sheet. */
function usePicture(room: PosterRoom | null, view: PosterView): Drawn | null {
  const [picture, setPicture] = useState<Drawn | null>(null);
  useEffect(() => {
    if (room === null) return;
    const timer = setTimeout(() => setPicture({ ...room.picture(view), view }));
    return () => clearTimeout(timer);
  }, [room, view]);
  return picture;
}

/** Opened with the sheet and closed with it. */
function useRoom(): PosterRoom | null {
  const [room, setRoom] = useState<PosterRoom | null>(null);
  useEffect(() => {
    const opened = openPosterRoom();
    setRoom(opened);
    // Not while React is at work in the page's own root.
    return () => {
      setTimeout(() => opened.close());
    };
  }, []);
  return room;
}

function ChoiceForm(props: {
  readonly choice: PosterChoice;
  readonly words: PictureWords;
  readonly onChange: (part: Partial<PosterChoice>) => void;
}): ReactNode {
  const { choice, words, onChange } = props;
  const toggle = (part: Part): void => {
    const has = choice.parts.includes(part);
    onChange({ parts: PARTS.filter((one) => (one === part ? !has : choice.parts.includes(one))) });
  };
  return (
    <div className="pictures-choice">
      <fieldset>
        <legend>{words.parts.legend}</legend>
        {PARTS.map((part) => (
          <label key={part} className="check">
            <input
              type="checkbox"
              checked={choice.parts.includes(part)}
              onChange={() => toggle(part)}
            />
            {words.parts[part]}
          </label>
        ))}
      </fieldset>
      <Choice
        label={words.width}
        value={choice.width}
        values={WIDTHS}
        text={(width) => `${width} px`}
        onChange={(width) => onChange({ width })}
      />
      <Choice
        label={words.language}
        value={choice.language}
        values={["en", "zh"]}
        text={(language) => (language === "en" ? "English" : "中文")}
        onChange={(language) => onChange({ language })}
      />
      <Choice
        label={words.colours}
        value={choice.theme}
        values={["light", "dark"]}
        text={(theme) => words[theme]}
        onChange={(theme) => onChange({ theme })}
      />
    </div>
  );
}

/** The file itself, as another program would show it. */
function Preview(props: { readonly svg: string; readonly label: string }): ReactNode {
  const { svg, label } = props;
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    if (image.current !== null) image.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [svg]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="pictures-preview" aria-label={label} tabIndex={0}>
      <img ref={image} alt={label} />
    </section>
  );
}
