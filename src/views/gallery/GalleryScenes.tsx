/** Every diagram in its states, played by the simulated server. Offline kept from its first use on. */
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { relatedKeys } from "../../diagrams/related.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { type Ref, refKey, sameRef } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import { eventsBetween, seek, type Timeline } from "../../trace/timeline.ts";
import { IndexPicture } from "../stage/IndexPicture.tsx";
import { LockLevels } from "../stage/LockLevels.tsx";
import { LockTables } from "../stage/LockTables.tsx";
import { stageWords } from "../stage/language.ts";
import type { Pointing } from "../stage/pointing.ts";
import "../stage/stage.css";
import { VersionView } from "../stage/VersionView.tsx";
import { WaitGraphView } from "../stage/WaitGraphView.tsx";
import { levelWords } from "../stage/words_levels.ts";
import { tableWords } from "../stage/words_tables.ts";
import { GalleryStream } from "./GalleryStream.tsx";
import { GalleryLog, GalleryTimeline } from "./GalleryTimeline.tsx";
import { type DiagramName, type GalleryScene, type Played, SCENES } from "./scenes.ts";
import { galleryWords } from "./words.ts";

export function GalleryScenes(): ReactNode {
  return SCENES.map((scene) => <Scene key={scene.id} scene={scene} />);
}

function Scene({ scene }: { readonly scene: GalleryScene }): ReactNode {
  const language = useLanguage();
  const words = galleryWords(language);
  const played = usePlayed(scene);
  const title = scene.title[language];
  return (
    <section className="gallery-scene" aria-label={title} data-scene={scene.id}>
      <h2>{title}</h2>
      {played === null ? (
        <p>{words.playing}</p>
      ) : (
        scene.shows.map((diagram) => (
          <figure key={diagram} className="gallery-case" data-diagram={diagram}>
            <figcaption>{words.diagrams[diagram]}</figcaption>
            <Diagram diagram={diagram} scene={scene} played={played} />
          </figure>
        ))
      )}
    </section>
  );
}

/** The scene, once the server has played it; null until then. */
function usePlayed(scene: GalleryScene): Played | null {
  const play = usePage((page) => page.commands.play);
  const [played, setPlayed] = useState<Played | null>(null);
  useEffect(() => {
    let isWanted = true;
    void play(scene.scenario).then((timeline) => {
      if (!isWanted || timeline === null) return;
      const position = positionOf(scene, timeline);
      setPlayed({ timeline, position, state: seek(timeline, position) });
    });
    return () => {
      isWanted = false;
    };
  }, [play, scene]);
  return played;
}

function positionOf(scene: GalleryScene, timeline: Timeline): number {
  if (scene.until === undefined) return timeline.length;
  for (const event of eventsBetween(timeline, 0, timeline.length)) {
    if (event.type === scene.until) return event.seq + 1;
  }
  return timeline.length;
}

function Diagram(props: {
  readonly diagram: DiagramName;
  readonly scene: GalleryScene;
  readonly played: Played;
}): ReactNode {
  const { diagram, scene, played } = props;
  const { state } = played;
  const language = useLanguage();
  const words = stageWords(language);
  const pointing = useOwnPointing(state);
  const common = { state, words, pointing };
  switch (diagram) {
    case "index":
      return <IndexPicture {...common} event={null} hasSights={scene.shows.includes("versions")} />;
    case "versions":
      return <VersionView {...common} event={null} />;
    case "waits":
      return <WaitGraphView {...common} onGoTo={() => undefined} />;
    case "levels":
      return <LockLevels {...common} levelWords={levelWords(language)} />;
    case "tables":
      return <LockTables {...common} tableWords={tableWords(language)} />;
    case "timeline":
      return <GalleryTimeline played={played} scenario={scene.scenario} />;
    case "log":
      return <GalleryLog played={played} />;
    case "stream":
      return <GalleryStream played={played} />;
  }
}

/** Each picture has a hover and a selection of its own. */
function useOwnPointing(state: State): Pointing {
  const [hover, setHover] = useState<Ref | null>(null);
  const [selection, setSelection] = useState<Ref | null>(null);
  return useMemo(
    () => ({
      lit: relatedKeys(state, hover ?? selection),
      selection,
      selected: selection === null ? null : refKey(selection),
      ghosts: new Set(),
      onPoint: setHover,
      onSelect: (ref) => setSelection((before) => (sameRef(before, ref) ? null : ref)),
    }),
    [state, hover, selection],
  );
}
