/** All user tables with their indexes and locks, and the legend. Knows no store: a gallery can show it. */
import { type ReactNode, useMemo, useState } from "react";
import { intMapToArray } from "../../base/int_map.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { State } from "../../trace/state.ts";
import { Legend, type LegendEntry } from "./Legend.tsx";
import { PictureArea } from "./PictureArea.tsx";
import type { Pointing } from "./pointing.ts";
import { describe } from "./sentences.ts";
import { TableDiagram } from "./TableDiagram.tsx";
import type { StageWords } from "./words.ts";

export function IndexPicture(props: {
  readonly state: State;
  readonly event: TraceEvent | null;
  readonly words: StageWords;
  readonly pointing: Pointing;
}): ReactNode {
  const { state, event, words, pointing } = props;
  const [legend, setLegend] = useState<LegendEntry | null>(null);
  const tables = useMemo(() => intMapToArray(state.tables), [state.tables]);
  if (tables.length === 0) return <p className="stage-empty">{words.noTables}</p>;
  return (
    <div className="stage-index">
      <Legend words={words} chosen={legend} onChoose={setLegend} />
      <PictureArea
        label={words.panels.index}
        pointing={pointing}
        describe={(ref) => describe(state, ref, words)}
        className={legend === null ? "" : `legend-${legend}`}
      >
        {tables.map((table) => (
          <TableDiagram
            key={table.id}
            state={state}
            table={table}
            words={words}
            event={event}
            pointing={pointing}
          />
        ))}
      </PictureArea>
    </div>
  );
}
