/** What the page has to say (`NoticeBar.tsx`), and what can be done about it. */
import type { ReactNode } from "react";
import { unreachable } from "../../base/assert.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { Notice, NotRun } from "../../store/notice.ts";
import type { Language } from "../../store/preferences.ts";
import type { Outcome } from "../../trace/state.ts";
import { mysqlOutput } from "../session/mysql_output.ts";
import type { Text } from "../text/en.ts";
import { useText } from "../text/use_text.ts";
import { failureText } from "./failed_setup.ts";
import { CloseIcon } from "./Icons.tsx";

/** More steps that were not run are counted. */
const NOT_RUN_MAX = 3;

export function Notices(): ReactNode {
  const { notice: text, scenario } = useText();
  const language = useLanguage();
  const commands = usePage((page) => page.commands);
  const openSheet = usePage((page) => page.openSheet);
  const notice = usePage((page) => page.notice);
  const dismiss = usePage((page) => page.dismissNotice);
  const update = usePage((page) => page.update);
  return (
    <>
      {notice !== null && (
        <div className="notice" data-kind={notice.kind} data-failed={isFailure(notice)}>
          <p>{noticeText(notice, text, language)}</p>
          {notice.kind === "stopped" && notice.at === "error" && (
            <button
              type="button"
              className="button"
              title={scenario.restartHint}
              onClick={() => void commands.restart()}
            >
              {scenario.restart}
            </button>
          )}
          {(notice.kind === "forked" || notice.kind === "rewritten") && (
            <button type="button" className="button" onClick={() => openSheet("compare")}>
              {text.compare}
            </button>
          )}
          {notice.kind === "partMissing" && (
            <button type="button" className="button" onClick={notice.retry}>
              {text.retry}
            </button>
          )}
          <button
            type="button"
            className="button button-icon button-quiet"
            aria-label={text.dismiss}
            title={text.dismiss}
            onClick={dismiss}
          >
            <CloseIcon />
          </button>
        </div>
      )}
      {update !== null && (
        <div className="notice" data-kind="update">
          <p>{text.update}</p>
          <button type="button" className="button" title={text.updateHint} onClick={update}>
            {text.updateNow}
          </button>
        </div>
      )}
    </>
  );
}

/** What was waited for came to an error. */
function isFailure(notice: Notice): boolean {
  return notice.kind === "woken" && notice.ended.some(({ outcome }) => !isDone(outcome));
}

function isDone({ kind }: Outcome): boolean {
  return kind === "rows" || kind === "ok";
}

function notRunSaid(notRun: readonly NotRun[], text: Text["notice"]): readonly string[] {
  const more = notRun.length - NOT_RUN_MAX;
  return [
    ...notRun
      .slice(0, NOT_RUN_MAX)
      .map(({ place, session, why }) => text.notRun[why](place, session)),
    ...(more > 0 ? [text.notRunMore(more)] : []),
  ];
}

function noticeText(notice: Notice, text: Text["notice"], language: Language): string {
  switch (notice.kind) {
    case "crashed":
      return text.crashed(notice.message, notice.sql);
    case "partMissing":
      return text.partMissing;
    case "halted":
      return text.halted(notice.sql);
    case "notOpened":
      return text.notOpened(failureText(notice.message, language));
    case "stopped":
      return notice.at === "wait"
        ? text.stoppedWait(notice.session, notice.left)
        : text.stoppedError(notice.session, notice.left);
    case "clientCommand":
      return text.clientCommand(notice.command);
    case "cannotRun":
      return text.cannotRun[notice.why](notice.session);
    case "reordered":
      return [
        text.moved,
        ...notRunSaid(notice.notRun, text),
        ...(notice.oldTexts.length > 0 ? [text.oldTexts(notice.oldTexts)] : []),
      ].join(text.gap);
    case "rewritten":
      return [text.rewritten(notice.place), ...notRunSaid(notice.notRun, text)].join(text.gap);
    case "notAllRun":
      return [...notRunSaid(notice.notRun, text), text.notRunMarked].join(text.gap);
    case "woken":
      return notice.ended
        .map(({ session, outcome }) => {
          const told = outcome.kind === "error" ? text.serverOnly(outcome.errno) : "";
          return text.woken(session, lastLine(mysqlOutput(outcome, 0)) + told, !isDone(outcome));
        })
        .join(text.between);
    case "forked":
      return text.forked(notice.stepsLeft);
    case "badLink":
      return text.badLink[notice.fault];
    case "notKept":
      return text.notKept;
    case "otherDeadlock":
      return notice.said[language];
    default:
      return unreachable(notice);
  }
}

/** "Query OK, 1 row affected", "2 rows in set", "ERROR 1205 ...": without the time it took. */
function lastLine(output: string): string {
  const line = output.split("\n").find((one) => !/^[+|]/.test(one)) ?? "";
  return line.replace(/ \([\d.]+ sec\)$/, "");
}
