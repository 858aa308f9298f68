/** The site's pages by the address: the playground, or one of those beside it. */
import { lazy, type ReactNode, Suspense, useLayoutEffect } from "react";
import { useLanguage, useTheme } from "../store/hooks.ts";
import { useGuidePane } from "./lesson/GuidePane.tsx";
import { type Route, useRoute } from "./shell/use_route.ts";

const Playground = lazy(async () => {
  const { Playground } = await import("./Playground.tsx");
  return { default: Playground };
});
const ManualPage = lazy(async () => {
  const { ManualPage } = await import("./manual/ManualPage.tsx");
  return { default: ManualPage };
});
const FidelityPage = lazy(async () => {
  const { FidelityPage } = await import("./fidelity/FidelityPage.tsx");
  return { default: FidelityPage };
});

const GalleryPage = lazy(async () => {
  const { GalleryPage } = await import("./gallery/GalleryPage.tsx");
  return { default: GalleryPage };
});

export function App(): ReactNode {
  const route = useRoute();
  useDocumentAttributes();
  return <Suspense fallback={<FirstPage />}>{pageOf(route)}</Suspense>;
}

/** Before the playground is there: a lesson's guide stands in its place already, and is read. */
function FirstPage(): ReactNode {
  const guide = useGuidePane();
  if (guide === null) return null;
  return (
    <div className="page">
      <div className="header" />
      <main className="main">
        <div className="first-guide">{guide}</div>
      </main>
    </div>
  );
}

function pageOf(route: Route): ReactNode {
  switch (route) {
    case "playground":
      return <Playground />;
    case "fidelity":
      return <FidelityPage />;
    case "gallery":
      return <GalleryPage />;
    case "manual":
      return <ManualPage />;
  }
}

/** The document's own language and colours follow the page's. */
export function useDocumentAttributes(): void {
  const language = useLanguage();
  const theme = useTheme();
  useLayoutEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.documentElement.dataset.theme = theme;
  }, [language, theme]);
}
