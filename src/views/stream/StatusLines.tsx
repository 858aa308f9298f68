/** What server, library and program are doing, in words, and how long the server goes on waiting. */
import type { ReactNode } from "react";
import { useLanguage } from "../../store/hooks.ts";
import type { NetState } from "../../trace/state_net.ts";
import { shortTime } from "../session/short_time.ts";
import { libraryState } from "./library_state.ts";
import type { Loss } from "./loss.ts";
import type { StreamWords } from "./words.ts";

/** MySQL: CR_SERVER_LOST. */
const SERVER_LOST = 2013;

export function StatusLines(props: {
  readonly net: NetState;
  readonly clockMs: number;
  readonly writeTimeoutMs: number | null;
  readonly words: StreamWords;
  /** What ended the connection, where one has ended; a picture to take away does not say it. */
  readonly loss?: Loss | null;
}): ReactNode {
  const { net, clockMs, words, loss = null } = props;
  const { phase, deadlineMs } = net.server;
  const language = useLanguage();
  const { client, settings, totals } = net;
  return (
    <dl className="stream-status">
      <div data-phase={phase}>
        <dt>{words.sides.server}</dt>
        <dd>
          {words.server[phase]}
          {deadlineMs !== null && (
            <Countdown
              leftMs={Math.max(0, deadlineMs - clockMs)}
              wholeMs={props.writeTimeoutMs}
              words={words}
            />
          )}
        </dd>
      </div>
      <div>
        <dt>{words.sides.client}</dt>
        <dd>
          {client.app === "done" && client.status === "useResult"
            ? words.leftRows
            : words.app[client.app]}
          {client.untilMs !== null &&
            `${words.gap}${words.goesOnIn(shortTime(client.untilMs - clockMs, language))}`}
          {totals.rowsDrained > 0 && `${words.gap}${words.drained(totals.rowsDrained)}`}
          {words.gap}
          {client.call !== null && <code>{client.call}</code>}{" "}
          <span className="stream-api">
            {settings.api}: {libraryState(client, settings.api, words)}
          </span>
          {client.error !== null && (
            <strong className="pipeline-error" tabIndex={-1}>
              ERROR {client.error.errno}: {client.error.message}.{" "}
              {client.error.errno === SERVER_LOST
                ? loss !== null && words.lost[loss]
                : words.why[client.error.errno]}
            </strong>
          )}
        </dd>
      </div>
    </dl>
  );
}

function Countdown(props: {
  readonly leftMs: number;
  readonly wholeMs: number | null;
  readonly words: StreamWords;
}): ReactNode {
  const { leftMs, wholeMs, words } = props;
  const left = shortTime(leftMs, useLanguage());
  return (
    <span className="pipeline-deadline">
      {wholeMs !== null && wholeMs > 0 && (
        <span className="countdown" aria-hidden="true">
          <span style={{ width: `${Math.min(1, leftMs / wholeMs) * 100}%` }} />
        </span>
      )}
      <strong>{words.sendsUntil(left)}</strong>
    </span>
  );
}
