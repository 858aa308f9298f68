/** An animation in the making: how far it is, the file that came of it, and what is said about it. */
import { useEffect, useRef, useState } from "react";
import { pageStore } from "../../store/page_store.ts";
import { fileName, saveFile } from "../files/local_files.ts";
import { makeMovie } from "./make_movie.ts";
import { messageOf } from "./messages.ts";
import type { MovieKind } from "./movie.ts";
import type { PictureWords } from "./picture_words.ts";
import type { PosterRoom } from "./poster_room.ts";
import { type PosterChoice, posterView } from "./poster_views.ts";

export interface MovieWish {
  readonly room: PosterRoom;
  readonly choice: PosterChoice;
  /** Positions in the timeline, one a frame. */
  readonly frames: readonly number[];
  readonly kind: MovieKind;
  /** How long a frame stays. */
  readonly seconds: number;
  readonly scale: number;
}

export interface MovieMaking {
  /** Frames; null while nothing is made. */
  readonly progress: { readonly done: number; readonly of: number } | null;
  readonly made: { readonly name: string; readonly blob: Blob } | null;
  readonly said: string;
  readonly make: (wish: MovieWish) => Promise<void>;
  readonly cancel: () => void;
  readonly save: () => Promise<void>;
}

/** Ends with the component that asked for it. `title`: what the file is named after. */
export function useMovieMaking(title: string, words: PictureWords): MovieMaking {
  const [said, say] = useState("");
  const [progress, setProgress] = useState<MovieMaking["progress"]>(null);
  const [made, setMade] = useState<MovieMaking["made"]>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const make = async ({ room, choice, frames, kind, seconds, scale }: MovieWish) => {
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
  const save = async () => {
    if (made !== null && (await saveFile(made.name, made.blob))) {
      say(words.saved(made.name, Math.ceil(made.blob.size / 1024)));
    }
  };
  return { progress, made, said, make, cancel: () => abort.current?.abort(), save };
}
