/** The stages of one session's result, each with its gauge, and the rows that have got so far. */
import type { ReactNode } from "react";
import { fillOf, type PipelineStage, pipelineStages } from "../../diagrams/pipeline.ts";
import type { NetState } from "../../trace/state_net.ts";
import { shortTime } from "../session/short_time.ts";
import { byteText } from "./byte_text.ts";
import type { StreamWords } from "./words.ts";

export function Pipeline(props: {
  readonly net: NetState;
  readonly clockMs: number;
  readonly words: StreamWords;
}): ReactNode {
  const { net, clockMs, words } = props;
  return (
    <div className="pipeline" data-session={net.session}>
      <ol className="pipeline-stages">
        {pipelineStages(net).map((stage) => (
          <Stage key={stage.name} stage={stage} words={words} />
        ))}
      </ol>
      <ServerLine net={net} clockMs={clockMs} words={words} />
      <p>
        <b>{words.sides.client}</b> {words.app[net.client.app]}{" "}
        {net.client.call !== null && <code>{net.client.call}</code>} {net.settings.api}:{" "}
        {words.library[net.client.status]}.
        {net.client.error !== null && (
          <strong className="pipeline-error">
            {" "}
            ERROR {net.client.error.errno}: {net.client.error.message}
          </strong>
        )}
      </p>
    </div>
  );
}

function ServerLine(props: {
  readonly net: NetState;
  readonly clockMs: number;
  readonly words: StreamWords;
}): ReactNode {
  const { net, clockMs, words } = props;
  const { phase, deadlineMs } = net.server;
  return (
    <p data-phase={phase}>
      <b>{words.sides.server}</b> {words.server[phase]}
      {deadlineMs !== null && (
        <strong className="pipeline-deadline">
          {" "}
          {words.sendsUntil(shortTime(Math.max(0, deadlineMs - clockMs)))}
        </strong>
      )}
    </p>
  );
}

function Stage({
  stage,
  words,
}: {
  readonly stage: PipelineStage;
  readonly words: StreamWords;
}): ReactNode {
  const { name, side, bytes, peak, capacity, rows } = stage;
  const fill = `${Math.round(fillOf(stage) * 100)}%`;
  return (
    <li className="pipeline-stage" data-side={side} title={words.stageHints[name]}>
      <span className="pipeline-side">{words.sides[side]}</span>
      <b>{words.stages[name]}</b>
      <span className="pipeline-gauge" aria-hidden="true">
        <span style={{ height: fill }} />
      </span>
      <span>
        {capacity === null ? byteText(bytes) : words.of(byteText(bytes), byteText(capacity))}
      </span>
      <span className="pipeline-peak">{words.most(byteText(peak))}</span>
      <span className="pipeline-rows">{words.rows(String(rows))}</span>
    </li>
  );
}
