/** The stages of one session's result with their gauges, and its rows as boxes that travel through them. */
import { type CSSProperties, type ReactNode, useRef } from "react";
import { fillOf, type PipelineStage, pipelineStages, STAGES } from "../../diagrams/pipeline.ts";
import {
  originOfRows,
  type PipelineLayout,
  pipelineLayout,
  placeOf,
} from "../../diagrams/pipeline_layout.ts";
import { type RowBoxes, rowBoxes } from "../../diagrams/row_boxes.ts";
import type { NetState } from "../../trace/state_net.ts";
import { useWidth } from "../stage/use_width.ts";
import { byteText, partText } from "./byte_text.ts";
import type { StreamWords } from "./words.ts";

export function Pipeline(props: {
  readonly net: NetState;
  readonly words: StreamWords;
}): ReactNode {
  const { net, words } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const layout = pipelineLayout(width);
  const stages = pipelineStages(net);
  const rows = rowBoxes(stages, layout);
  const isBlocked = net.server.phase === "waiting";
  return (
    <div className="pipeline" data-session={net.session}>
      <div ref={frame} className="pipeline-frame" style={{ height: layout.height }}>
        {width > 0 && (
          <>
            <ol className="pipeline-stages">
              {stages.map((stage) => (
                <Stage
                  key={stage.name}
                  stage={stage}
                  layout={layout}
                  words={words}
                  isBlocked={isBlocked && stage.name === "netBuffer"}
                />
              ))}
            </ol>
            <Rows rows={rows} layout={layout} />
          </>
        )}
      </div>
      <p className="pipeline-scale">{words.boxIs(rows.rowsPerBox)}</p>
    </div>
  );
}

function Stage(props: {
  readonly stage: PipelineStage;
  readonly layout: PipelineLayout;
  readonly words: StreamWords;
  readonly isBlocked: boolean;
}): ReactNode {
  const { stage, layout, words } = props;
  const { name, side, bytes, peak, capacity, rows } = stage;
  const { x, y, width, height } = layout.stages[name];
  const at = STAGES.indexOf(name);
  const fill = fillOf(stage);
  // Boxes are rows, in all stages as many to a box: how full a stage is, they do not show.
  const level = capacity === null ? 0 : fill;
  const isFull = capacity !== null && bytes >= capacity;
  return (
    <li
      className="pipeline-stage"
      data-side={side}
      data-stage={name}
      data-full={isFull}
      data-line-end={at % layout.columns === layout.columns - 1}
      style={{ left: x, top: y, width, height }}
      title={words.stageHints[name]}
    >
      {props.isBlocked ? (
        <span className="pipeline-eagain">EAGAIN</span>
      ) : (
        <span className="pipeline-side">{words.sides[side]}</span>
      )}
      <b>{words.stages[name]}</b>
      <span className="pipeline-area" aria-hidden="true">
        <span className="pipeline-level" style={{ height: `${level * 100}%` }} />
      </span>
      {name === "engine" ? (
        <span className="pipeline-bytes">{words.engineNote}</span>
      ) : (
        <>
          <span className="pipeline-gauge" aria-hidden="true">
            <span className="gauge-fill" style={{ width: `${fill * 100}%` }} />
          </span>
          <span className="pipeline-bytes">
            {capacity === null ? byteText(bytes) : partText(bytes, capacity, words.of)}
          </span>
          <span className="pipeline-peak">
            {peak === 0 && rows > 0 ? words.passed : words.most(byteText(peak))}
          </span>
        </>
      )}
      <span className="pipeline-rows">
        {words.rowsAt[name][0]}
        <b>{rows}</b>
        {words.rowsAt[name][1]}
      </span>
    </li>
  );
}

/** Each box moves from where it was; a new one comes out of the engine. */
function Rows(props: { readonly rows: RowBoxes; readonly layout: PipelineLayout }): ReactNode {
  const { rows, layout } = props;
  const origin = originOfRows(layout);
  const from = { "--from-x": `${origin.x}px`, "--from-y": `${origin.y}px` };
  return (
    <div className="row-boxes" aria-hidden="true" style={from as CSSProperties}>
      {rows.boxes.map((box) => {
        const { x, y } = placeOf(box, layout);
        return (
          <i
            key={box.key}
            className="row-box"
            data-leaving={box.isLeaving}
            data-hand={box.key.startsWith("hand")}
            style={{ "--x": `${x}px`, "--y": `${y}px` } as CSSProperties}
          />
        );
      })}
    </div>
  );
}
