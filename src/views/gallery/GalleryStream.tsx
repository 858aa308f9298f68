/** A result on its way, as the stream panel draws it: the pipeline with its rows, who does what, and the bytes over time. */
import { type ReactNode, useMemo } from "react";
import { flowOf } from "../../diagrams/flow.ts";
import { useLanguage } from "../../store/hooks.ts";
import { eventsBetween, storyStart } from "../../trace/timeline.ts";
import { FlowCharts } from "../stream/FlowCharts.tsx";
import { Pipeline } from "../stream/Pipeline.tsx";
import { StatusLines } from "../stream/StatusLines.tsx";
import { streamWords } from "../stream/words.ts";
import "../stream/stream.css";
import "../stream/flow.css";
import type { Played } from "./scenes.ts";

export function GalleryStream({ played }: { readonly played: Played }): ReactNode {
  const { timeline, position, state } = played;
  const words = streamWords(useLanguage());
  const [net] = state.net;
  const session = net?.session;
  const flow = useMemo(
    () =>
      session === undefined
        ? null
        : flowOf(eventsBetween(timeline, storyStart(timeline), position), session),
    [timeline, position, session],
  );
  if (net === undefined || flow === null) return null;
  return (
    <div className="stream">
      <Pipeline net={net} words={words} />
      <StatusLines net={net} clockMs={state.clockMs} writeTimeoutMs={null} words={words} />
      <FlowCharts
        own={{ api: net.settings.api, flow }}
        twin={null}
        nowMs={state.clockMs}
        words={words}
      />
    </div>
  );
}
