/** The pictures of an embed, each loaded when its panel is shown. */
import type { ReactNode } from "react";
import type { Stage } from "../stage/use_stage.ts";

export type PictureName = "index" | "versions" | "waits";

type PictureView = (props: Stage & { readonly onGoTo: (seq: number) => void }) => ReactNode;

export type PictureViews = Readonly<Partial<Record<PictureName, PictureView>>>;

const PICTURES: Readonly<Record<PictureName, () => Promise<PictureView>>> = {
  index: async () => (await import("../stage/IndexPicture.tsx")).IndexPicture,
  versions: async () => (await import("../stage/VersionView.tsx")).VersionView,
  waits: async () => (await import("../stage/WaitGraphView.tsx")).WaitGraphView,
};

/** Those of the panels named. Rejects when one cannot be loaded. */
export async function pictureViews(panels: readonly string[]): Promise<PictureViews> {
  const wanted = (Object.keys(PICTURES) as PictureName[]).filter((name) => panels.includes(name));
  const views = await Promise.all(wanted.map((name) => PICTURES[name]()));
  return Object.fromEntries(wanted.map((name, at) => [name, views[at]]));
}
