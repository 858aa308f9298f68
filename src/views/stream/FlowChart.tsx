/** Bytes in the stages over virtual time, for the session's last result up to the cursor. */
import type { ReactNode } from "react";
import { FLOW_LINES, type FlowPoint, flowPath } from "../../diagrams/pipeline.ts";
import { shortTime } from "../session/short_time.ts";
import { byteText } from "./byte_text.ts";
import type { StreamWords } from "./words.ts";

const BOX = { width: 460, height: 120 };

export function FlowChart(props: {
  readonly points: readonly FlowPoint[];
  readonly words: StreamWords;
}): ReactNode {
  const { points, words } = props;
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return <p>{words.chartEmpty}</p>;
  const top = Math.max(...points.flatMap(({ bytes }) => FLOW_LINES.map((line) => bytes[line])), 1);
  const now = FLOW_LINES.map((line) => `${words.chartLines[line]} ${byteText(last.bytes[line])}`);
  return (
    <figure className="flow-chart">
      <figcaption>{words.chart}</figcaption>
      <svg
        viewBox={`-2 -4 ${BOX.width + 4} ${BOX.height + 8}`}
        role="img"
        aria-label={`${words.chart}: ${now.join(", ")}`}
        preserveAspectRatio="none"
      >
        {FLOW_LINES.map((line) => (
          <path
            key={line}
            className="flow-line"
            data-line={line}
            d={flowPath(points, line, BOX, top)}
          />
        ))}
      </svg>
      <p className="flow-scale">
        <span>{byteText(top)}</span>
        <span>{shortTime(last.ms - first.ms)}</span>
      </p>
      <ul className="flow-legend">
        {FLOW_LINES.map((line) => (
          <li key={line} data-line={line}>
            {words.chartLines[line]}
          </li>
        ))}
      </ul>
    </figure>
  );
}
