/** The result stream at the cursor: one session's pipeline, its chart beside its twin's, its client's settings and code. */
import { type ReactNode, useMemo } from "react";
import { intMapValues } from "../../base/int_map.ts";
import { flowOf } from "../../diagrams/flow.ts";
import { movementBefore, nextMovement } from "../../diagrams/flow_steps.ts";
import { heldBy } from "../../diagrams/held_by_statement.ts";
import { useLanguage, usePage, useStateAtCursor } from "../../store/hooks.ts";
import { withClient } from "../../store/twin.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { State } from "../../trace/state.ts";
import type { ClientSettings, NetState } from "../../trace/state_net.ts";
import { eventsBetween, storyStart } from "../../trace/timeline.ts";
import { byteText } from "./byte_text.ts";
import { ClientForm } from "./ClientForm.tsx";
import { CodeTabs } from "./CodeTabs.tsx";
import { FlowCharts } from "./FlowCharts.tsx";
import { HeldLine } from "./HeldLine.tsx";
import { lossBefore, type Unharmed as UnharmedPause, unharmedPause } from "./loss.ts";
import { Pipeline } from "./Pipeline.tsx";
import { ServerForm } from "./ServerForm.tsx";
import { StatusLines } from "./StatusLines.tsx";
import { type StreamWords, streamWords } from "./words.ts";
import "./stream.css";
import "./flow.css";

export function StreamPanel(): ReactNode {
  const words = streamWords(useLanguage());
  const { net } = useStateAtCursor();
  const sessions = usePage((page) => page.script.sessions);
  const setClient = usePage((page) => page.commands.setClient);
  const chosen = usePage((page) => page.twinOf);
  const choose = usePage((page) => page.watchStream);
  const shown = net.find(({ session }) => session === chosen) ?? net[0];
  // Before its beginning a stream can be stepped into.
  const later = usePage((page) => page.timeline.head.net[0]?.session);
  const stepped = shown?.session ?? later;
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
        {stepped !== undefined && <PacketSteps session={stepped} words={words} />}
        {(shown === undefined && later !== undefined ? [] : others).map((session) => (
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
      {shown === undefined ? (
        <p>{later === undefined ? words.empty : words.notYet}</p>
      ) : (
        <Stream net={shown} words={words} />
      )}
    </div>
  );
}

function PacketSteps(props: {
  readonly session: SessionName;
  readonly words: StreamWords;
}): ReactNode {
  const { session, words } = props;
  const timeline = usePage((page) => page.timeline);
  const position = usePage((page) => page.position);
  const seek = usePage((page) => page.seek);
  const setPlaying = usePage((page) => page.setPlaying);
  const step = (label: string, to: number | null): ReactNode => (
    <button
      type="button"
      className="button"
      title={`${label}. ${words.packetHint}`}
      disabled={to === null}
      onClick={() => {
        setPlaying(false);
        if (to !== null) seek(to);
      }}
    >
      {label}
    </button>
  );
  return (
    <>
      {step(`◀ ${words.packetBack}`, movementBefore(timeline, position, session))}
      {step(`${words.packetOn} ▶`, nextMovement(timeline, position, session))}
    </>
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
  const scenario = usePage((page) => page.script.scenario);
  const { setClient, callClient, retell } = usePage((page) => page.commands);
  const change = (changed: Partial<ClientSettings>): void => {
    // A result that is open has been asked for in one way, and on a lost connection nothing follows: another story.
    const isAnother = isGone(net) || (changed.api !== undefined && isOpen(net));
    if (isAnother) void retell(withClient(scenario, session, changed));
    else void setClient(session, changed);
  };
  const timeline = usePage((page) => page.timeline);
  const position = usePage((page) => page.position);
  const hasFailed = net.client.error !== null;
  const loss = useMemo(
    () => (hasFailed ? lossBefore(timeline, position, session) : null),
    [hasFailed, timeline, position, session],
  );
  const unharmed = unharmedPause(net);
  const held = heldBy(state, session);
  const wait = state.sessions.find(({ name }) => name === session)?.wait ?? null;
  const { statement, deadlineMs } = net.server;
  return (
    <>
      <Pipeline net={net} words={words} />
      <StatusLines
        net={net}
        clockMs={state.clockMs}
        writeTimeoutMs={wait === null || deadlineMs === null ? null : deadlineMs - wait.sinceMs}
        words={words}
        loss={loss}
      />
      {unharmed !== null && <Unharmed unharmed={unharmed} onChange={change} {...{ net, words }} />}
      {held !== null && statement !== null && <HeldLine held={held} words={words} />}
      <Charts net={net} clockMs={state.clockMs} words={words} />
      <h3>{words.settings}</h3>
      {isGone(net) && <p className="client-note">{words.goneHint}</p>}
      <ClientForm
        settings={settings}
        words={words}
        onChange={change}
        onCall={(call) => void callClient(session, call)}
      />
      <ServerForm
        setup={scenario.setup}
        words={words}
        onChange={(setup) => void retell({ ...scenario, setup })}
      />
      <h3>{words.code}</h3>
      <CodeTabs settings={settings} sql={lastQuery(state, session, settings)} words={words} />
    </>
  );
}

/** Why nothing breaks although the program pauses, and the way to what may have been meant. */
function Unharmed(props: {
  readonly unharmed: UnharmedPause;
  readonly net: NetState;
  readonly words: StreamWords;
  readonly onChange: (change: Partial<ClientSettings>) => void;
}): ReactNode {
  const { unharmed, net, words, onChange } = props;
  if (unharmed.kind === "fits") {
    const { bytes, room } = unharmed;
    return <p className="client-note">{words.fits(byteText(bytes), byteText(room))}</p>;
  }
  return (
    <p className="client-note">
      {words.stored(net.settings.api)}{" "}
      <button type="button" className="button" onClick={() => onChange(unharmed.instead)}>
        {words.takeInstead(unharmed.instead.api ?? net.settings.api)}
      </button>
    </p>
  );
}

function isGone({ client, server }: NetState): boolean {
  return client.status === "gone" || server.phase === "broken";
}

function isOpen({ client, server }: NetState): boolean {
  const isAtRest = client.status === "ready" || client.status === "gone";
  return server.statement !== null || !isAtRest || client.untilMs !== null;
}

function Charts(props: {
  readonly net: NetState;
  readonly clockMs: number;
  readonly words: StreamWords;
}): ReactNode {
  const { net, clockMs, words } = props;
  const { session } = net;
  const timeline = usePage((page) => page.timeline);
  const position = usePage((page) => page.position);
  const twin = usePage((page) => page.twin);
  const own = useMemo(
    () => flowOf(eventsBetween(timeline, storyStart(timeline), position), session),
    [timeline, position, session],
  );
  const command = own.summary?.command;
  const other = useMemo(
    () =>
      twin === null || twin.session !== session || twin.problem !== null
        ? null
        : {
            api: twin.api,
            flow: flowOf(twin.events, session, {
              untilMs: clockMs,
              ...(command === undefined ? {} : { command }),
            }),
          },
    [twin, session, clockMs, command],
  );
  return (
    <FlowCharts
      own={{ api: net.settings.api, flow: own }}
      twin={other}
      nowMs={clockMs}
      words={words}
    />
  );
}

/** The query that the program runs over; what it sends on its own while it reads is another. */
function lastQuery(
  state: State,
  session: SessionName,
  { turn, turnAtRow, query }: ClientSettings,
): string {
  const second = turn === "query" && turnAtRow !== null ? query : null;
  const queries = [...intMapValues(state.statements)].filter(
    (one) => one.session === session && /^\s*(select|with|table|values|show)\b/i.test(one.sql),
  );
  const own = queries.findLast(({ sql }) => sql !== second) ?? queries.at(-1);
  return own?.sql ?? "SELECT ...";
}
