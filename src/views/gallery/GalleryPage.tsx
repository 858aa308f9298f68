/** The page `#/gallery`: every diagram in its states, without the rest of the page. */
import { lazy, type ReactNode, Suspense } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { ReadingPage } from "../shell/ReadingPage.tsx";
import { PLAYGROUND } from "../shell/use_route.ts";
import "./gallery.css";
import { galleryWords } from "./words.ts";

const GalleryScenes = lazy(async () => {
  try {
    const { GalleryScenes } = await import("./GalleryScenes.tsx");
    return { default: GalleryScenes };
  } catch {
    return { default: Missing };
  }
});

export function GalleryPage(): ReactNode {
  const words = galleryWords(useLanguage());
  const back = (
    <a className="button" href={PLAYGROUND}>
      {words.back}
    </a>
  );
  return (
    <ReadingPage title={words.title} home={PLAYGROUND} ways={back} className="gallery">
      <p>{words.intro}</p>
      <Suspense fallback={null}>
        <GalleryScenes />
      </Suspense>
    </ReadingPage>
  );
}

function Missing(): ReactNode {
  return <p>{galleryWords(useLanguage()).missing}</p>;
}
