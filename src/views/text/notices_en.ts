/** What the page says of what it did or could not do (`store/notice.ts`). */
import { SERVER_ONLY } from "../../trace/explain/en/words.ts";
export const enNotices = {
  crashed: (message: string, sql: string) =>
    `The simulator failed: ${message}. It was started again, and ${
      sql === ""
        ? "everything was replayed."
        : `everything before this statement was replayed: ${sql}`
    }`,
  partMissing:
    "This needs a part of the simulator that could not be loaded: is there a network? Everything is as it was before.",
  retry: "Try again",
  clientCommand: (command: string) =>
    `${command} is a command of the mysql client, not SQL: no server would see it. ${
      command === "source" || command === "\\."
        ? "Paste the file's statements into the editor instead."
        : command === "exit" || command === "quit" || command === "\\q"
          ? "The cross on the card closes the connection."
          : "Leave the line out."
    }`,
  halted: (sql: string) =>
    sql === ""
      ? "Stopped. What was on the page before is still there."
      : `Stopped: ${sql} was not carried out. Everything before it was run again, so nothing is lost.`,
  notOpened: (message: string) => `That could not be opened. ${message}`,
  stoppedWait: (session: string, left: number) =>
    `${session} waits now, so ${left === 1 ? "the last statement was" : `${left} statements were`} not run.`,
  stoppedError: (session: string, left: number) =>
    `${session} got an error, so ${left === 1 ? "the last statement was" : `${left} statements were`} not run.`,
  cannotRun: {
    waiting: (session: string) =>
      `${session} is waiting, and a session does one thing at a time. Let another session commit or roll back, let time pass, or end the wait from another session: KILL QUERY with its connection's number.`,
    busy: (session: string) =>
      `The program of ${session} is still at work on its result, in a call or on a row. Let time pass, or change its client under Result stream.`,
    gone: (session: string) =>
      `The connection of ${session} is closed. Run something: its client connects again.`,
  },
  rewritten: (place: number) =>
    `Step ${place} is another one now, and the others were run again in their order. How it was before is kept in the example menu, under Other futures.`,
  forked: (steps: number) =>
    `You went back and ran something else. ${steps === 1 ? "The step that came after is" : `The ${steps} steps that came after are`} kept: the examples menu at the top has ${steps === 1 ? "it" : "them"} under Other futures.`,
  compare: "Compare with it",
  moved: "Moved, and everything was run again.",
  gap: " ",
  notRun: {
    waiting: (place: number, session: string) =>
      `Step ${place} was not run: ${session} was still waiting.`,
    gone: (place: number, session: string) =>
      `Step ${place} was not run: the connection of ${session} was closed.`,
  },
  notRunMarked:
    "A cross on the timeline stands for each; the panel Schedule has them in their places.",
  notRunMore: (more: number) => `${more === 1 ? "One more was" : `${more} more were`} not run.`,
  oldTexts: (sessions: readonly string[]) =>
    sessions.length === 1
      ? `The text in ${sessions[0]}'s editor keeps the order it was written in.`
      : `The texts in the editors of ${sessions.join(" and ")} keep the order they were written in.`,
  between: "; ",
  woken: (session: string, outcome: string, isError: boolean) =>
    isError ? `${session}'s statement failed: ${outcome}` : `${session} went on: ${outcome}`,
  serverOnly: (errno: number) => {
    const told = SERVER_ONLY[errno];
    return told === undefined ? "" : ` (it ${told})`;
  },
  badLink: {
    version:
      "This link was made by a newer version of the page. Reload to get that; until then, here is what you had before.",
    damaged:
      "This link is damaged: a part of it was lost or changed on the way. Copy it once more from where it comes from.",
    large: "This link holds more than the page opens.",
    scenario: "This link holds no scenario that the page knows.",
    unknown:
      "There is no example of the name in this address. All examples are in the menu at the top left, and so is the map of lessons.",
  },
  notKept:
    "The browser keeps nothing for this page: its storage is full or forbidden. All works, but a reload loses what you did; a link keeps it.",
  update: "A newer version of this page is there.",
  updateNow: "Use it now",
  updateHint: "The page is loaded again; what you typed and ran stays.",
  dismiss: "Dismiss",
};
