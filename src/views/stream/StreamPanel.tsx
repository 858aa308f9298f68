/** The result stream at the cursor: one session's pipeline, its chart, its client's settings and code. */
import { type ReactNode, useMemo, useState } from "react";
import { intMapValues } from "../../base/int_map.ts";
import { flowPoints } from "../../diagrams/pipeline.ts";
import { useLanguage, usePage, useStateAtCursor } from "../../store/hooks.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { State } from "../../trace/state.ts";
import type { NetState } from "../../trace/state_net.ts";
import { ClientForm } from "./ClientForm.tsx";
import { clientCode } from "./client_code.ts";
import { FlowChart } from "./FlowChart.tsx";
import { Pipeline } from "./Pipeline.tsx";
import { type StreamWords, streamWords } from "./words.ts";
import "./stream.css";

export function StreamPanel(): ReactNode {
  const words = streamWords(useLanguage());
  const { net } = useStateAtCursor();
  const sessions = usePage((page) => page.script.sessions);
  const setClient = usePage((page) => page.commands.setClient);
  const [chosen, choose] = useState<SessionName | null>(null);
  const shown = net.find(({ session }) => session === chosen) ?? net[0];
  const others = sessions.filter((name) => !net.some(({ session }) => session === name));
  return (
    <div className="stream">
      <div className="stream-sessions">
        {net.length > 1 &&
          net.map(({ session }) => (
            <button
              key={session}
              type="button"
              className="button"
              aria-pressed={session === shown?.session}
              onClick={() => choose(session)}
            >
              {words.session} {session}
            </button>
          ))}
        {others.map((session) => (
          <button
            key={session}
            type="button"
            className="button"
            onClick={() => {
              choose(session);
              void setClient(session, {});
            }}
          >
            {words.simulate(session)}
          </button>
        ))}
      </div>
      {shown === undefined ? <p>{words.empty}</p> : <Stream net={shown} words={words} />}
    </div>
  );
}

function Stream({
  net,
  words,
}: {
  readonly net: NetState;
  readonly words: StreamWords;
}): ReactNode {
  const { session, settings } = net;
  const state = useStateAtCursor();
  const timeline = usePage((page) => page.timeline);
  const position = usePage((page) => page.position);
  const { setClient, callClient } = usePage((page) => page.commands);
  const points = useMemo(
    () => flowPoints(timeline, position, session),
    [timeline, position, session],
  );
  return (
    <>
      <Pipeline net={net} clockMs={state.clockMs} words={words} />
      <div className="stream-more">
        <FlowChart points={points} words={words} />
        <ClientForm
          settings={settings}
          words={words}
          onChange={(change) => void setClient(session, change)}
          onCall={(call) => void callClient(session, call)}
        />
        <figure className="client-code">
          <figcaption>{words.code}</figcaption>
          <pre>{clientCode(settings, lastQuery(state, session))}</pre>
        </figure>
      </div>
    </>
  );
}

function lastQuery(state: State, session: SessionName): string {
  const own = [...intMapValues(state.statements)].filter((one) => one.session === session);
  return (
    own.findLast(({ sql }) => /^\s*(select|with|table|values|show)\b/i.test(sql))?.sql ??
    "SELECT ..."
  );
}
