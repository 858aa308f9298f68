/** Bytes in the stages over time: the result as it went, and beside it the same result taken the other way. */
import type { ReactNode } from "react";
import {
  FLOW_LINES,
  type Flow,
  type FlowLine,
  type FlowScale,
  type FlowSummary,
  flowPath,
  flowPeak,
  flowScale,
  WAY_LINES,
} from "../../diagrams/flow.ts";
import { useLanguage } from "../../store/hooks.ts";
import type { ClientApi } from "../../trace/state_net.ts";
import { shortTime } from "../session/short_time.ts";
import { byteText } from "./byte_text.ts";
import type { StreamWords } from "./words.ts";

const BOX = { width: 460, height: 80 };

export interface Course {
  readonly api: ClientApi;
  readonly flow: Flow;
}

export function FlowCharts(props: {
  readonly own: Course;
  /** Null while it is not there yet. */
  readonly twin: Course | null;
  readonly nowMs: number;
  readonly words: StreamWords;
}): ReactNode {
  const { own, twin, nowMs, words } = props;
  if (own.flow.summary === null) return <p>{words.chartEmpty}</p>;
  const courses = twin === null ? [own] : [own, twin];
  const flows = courses.map(({ flow }) => flow);
  return (
    <section className="flow-charts" aria-label={words.chart}>
      <h3>{words.chart}</h3>
      <div className="flow-pair">
        {courses.map((course) => (
          <figure key={course === own ? "own" : "twin"} className="flow-chart">
            <figcaption>
              {course === own ? words.asRun : words.otherWay}: <b>{course.api}</b>
            </figcaption>
            <FlowChart
              course={course}
              title={words.inMemory}
              lines={["memory"]}
              scale={flowScale(flows, ["memory"])}
              words={words}
            />
            <FlowChart
              course={course}
              title={words.onTheWay}
              lines={WAY_LINES}
              scale={flowScale(flows, WAY_LINES)}
              words={words}
            />
          </figure>
        ))}
      </div>
      <ul className="flow-legend">
        {FLOW_LINES.map((line) => (
          <li key={line} data-line={line}>
            {words.chartLines[line]}
          </li>
        ))}
      </ul>
      <Costs courses={courses} nowMs={nowMs} words={words} />
    </section>
  );
}

function FlowChart(props: {
  readonly course: Course;
  readonly title: string;
  readonly lines: readonly FlowLine[];
  /** The same in both courses. */
  readonly scale: FlowScale;
  readonly words: StreamWords;
}): ReactNode {
  const { course, title, lines, scale, words } = props;
  const { points } = course.flow;
  const last = points.at(-1);
  const now = lines.map((line) => `${words.chartLines[line]} ${byteText(last?.bytes[line] ?? 0)}`);
  const language = useLanguage();
  const span =
    scale.axis === "ms" ? shortTime(scale.to - scale.from, language) : words.movements(scale.to);
  return (
    <>
      <p className="flow-scale">
        <span>{title}</span>
        <span>{words.peak(byteText(flowPeak(course.flow, lines)))}</span>
      </p>
      <div className="flow-plot">
        <p className="flow-axis">
          <span>{byteText(scale.top)}</span>
          <span>0 B</span>
        </p>
        <svg
          viewBox={`-2 -4 ${BOX.width + 4} ${BOX.height + 8}`}
          role="img"
          aria-label={`${course.api}: ${now.join(", ")}`}
          preserveAspectRatio="none"
        >
          {lines.map((line) => (
            <path
              key={line}
              className="flow-line"
              data-line={line}
              d={flowPath(points, line, BOX, scale)}
            />
          ))}
        </svg>
        <p className="flow-scale">
          <span>0</span>
          <span>{span}</span>
        </p>
      </div>
    </>
  );
}

/** The two courses in numbers, side by side. */
function Costs(props: {
  readonly courses: readonly Course[];
  readonly nowMs: number;
  readonly words: StreamWords;
}): ReactNode {
  const { courses, nowMs, words } = props;
  const cell = (of: (summary: FlowSummary) => string) => (course: Course, at: number) => (
    <td key={at === 0 ? "own" : "twin"}>
      {course.flow.summary === null ? "" : of(course.flow.summary)}
    </td>
  );
  const language = useLanguage();
  const since = (startMs: number, doneMs: number | null): string =>
    doneMs === null
      ? words.stillAfter(shortTime(nowMs - startMs, language))
      : shortTime(doneMs - startMs, language);
  return (
    <table className="flow-costs">
      <thead>
        <tr>
          <th scope="col">{words.costs.head}</th>
          {courses.map((course, at) => (
            <th key={at === 0 ? "own" : "twin"} scope="col">
              {course.api}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{words.costs.memory}</th>
          {courses.map(cell(({ memoryPeak }) => byteText(memoryPeak)))}
        </tr>
        <tr>
          <th scope="row">{words.costs.held}</th>
          {courses.map(cell(({ startMs, serverDoneMs }) => since(startMs, serverDoneMs)))}
        </tr>
        <tr>
          <th scope="row">{words.costs.netBuffer}</th>
          {courses.map(cell(({ netBufferPeak }) => byteText(netBufferPeak)))}
        </tr>
        <tr>
          <th scope="row">{words.costs.waits}</th>
          {courses.map(cell(({ waits }) => words.times(waits)))}
        </tr>
        <tr>
          <th scope="row">{words.costs.program}</th>
          {courses.map(cell(({ startMs, programDoneMs }) => since(startMs, programDoneMs)))}
        </tr>
        <tr>
          <th scope="row">{words.costs.end}</th>
          {courses.map(cell((summary) => outcomeText(summary, words)))}
        </tr>
      </tbody>
    </table>
  );
}

function outcomeText(
  { error, cutOffAfter, rowsProcessed }: FlowSummary,
  words: StreamWords,
): string {
  if (error !== null) return `ERROR ${error.errno}`;
  return cutOffAfter === null ? words.rowsDone(rowsProcessed) : words.cutOffAfter(cutOffAfter);
}
