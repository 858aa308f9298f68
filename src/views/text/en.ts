/** What the page says in English, but for the sentences about events (`trace/explain`) and the pictures (`stage`). */
import { SERVER_ONLY } from "../../trace/explain/en/words.ts";
import { enNotices } from "./notices_en.ts";
export const en = {
  name: "Interleave",
  tagline: "Watch InnoDB work",

  scenario: {
    button: "Example",
    own: "Own tables",
    title: "Examples",
    setup: "Tables…",
    restart: "Start over",
    restartHint:
      "Keeps the tables of the beginning, the sessions and what stands in the editors; takes back everything that was run. That is kept under Other futures, to compare with; undo brings it back.",
    restartEmpty: "Begin again with empty editors",
    cancel: "Cancel",
    close: "Close",
    intro: "About this example",
    hideIntro: "Hide",
  },

  time: {
    controls: "Time",
    toStart: "To the start",
    overBack: "Back by a statement",
    back: "Back by an event",
    play: "Play",
    pause: "Pause",
    into: "Forward by an event (step into)",
    over: "Forward by a statement (step over)",
    toEnd: "To now",
    position: (at: number, of: number, passed: number) =>
      passed > 0 ? `Events ${at - passed}–${at} of ${of}` : `Event ${at} of ${of}`,
    passed: "Bookkeeping that a step passes over:",
    setup: "The tables have been set up; nothing has been run yet.",
    empty: "The server is up: there are no tables, and nothing has been run yet.",
    now: "now",
    past: "in the past",
    pastHint: "What you run next starts a new future from here; the old one is kept.",
    speed: "Speed of play",
    perSecond: (n: number) => `${n} events/s`,
    clock: "Clock",
    clockHint: "Virtual time. It stands still until you let some pass.",
    untilNext: (time: string) => `On to the end of the next wait or SLEEP (after ${time})`,
    byItself: "By itself, while somebody waits or sleeps",
    rates: { 0: "paused", 1: "real time", 10: "10 ×", 60: "60 ×" } as Readonly<
      Record<number, string>
    >,
    advance: "Let time pass",
    seconds: (n: number) => `${n} s`,
    redo: "Redo",
  },

  session: {
    title: (name: string) => `Session ${name}`,
    column: "Sessions",
    add: "Add a session",
    addFull: "Eight sessions at most, A to H: another needs the card of one of these.",
    addNone: "All eight sessions have been used; start over to get them back.",
    remove: (name: string) => `Disconnect session ${name}`,
    connection: (id: number) => `connection ${id}`,
    notConnected: "not connected yet",
    isolation: "Isolation level",
    autocommit: "autocommit",
    autocommitHint: "Each statement outside BEGIN commits by itself",
    editor: (name: string) => `SQL of session ${name}`,
    placeholder: "Type SQL here, e.g.\nCREATE TABLE t (id INT PRIMARY KEY, c INT);",
    run: "Run",
    runHint: "Run the statement under the cursor",
    runs: (sql: string) => `Run: ${sql}`,
    runAgain: "Run again",
    runsAgain: (sql: string) => `This has been run already. Run it once more: ${sql}`,
    rerun: "Run all again with this",
    rerunHint: (sql: string) =>
      `In the place of ${sql}, which ran; all other statements keep their order`,
    editRan: (sql: string) => `Edit and run all again: ${sql}`,
    runAll: "Run all",
    runAllHint: "Run all statements in order; stops at a wait or an error",
    runRest: "Run the rest",
    runRestHint: (n: number) =>
      `Run the ${n === 1 ? "statement" : `${n} statements`} not run yet, in order; stops at a wait or an error`,
    runAllAgain: "All again",
    runAllAgainHint:
      "All have been run. Run them once more from the top; stops at a wait or an error",
    laterLevel:
      "From the next transaction on: the one that is open keeps its level, its locks and its read view.",
    implicitCommit: (sql: string) => `${sql} committed the transaction that was open.`,
    programGot: (what: string) => `The client's program got: ${what}`,
    programWhy: "Why, and what to do",
    reconnected: (id: number) =>
      `No connection. Trying to reconnect...\nConnection id:    ${id}\nCurrent database: sim`,
    clientOnly: "The client's own error: the server heard nothing of this command.",
    serverOnly: (errno: number) => {
      const told = SERVER_ONLY[errno];
      return told === undefined ? null : `This error ${told}.`;
    },
    results: (name: string) => `Results of session ${name}`,
    noResults: "Nothing run yet: press Run or, with a keyboard, Ctrl+Enter in the editor.",
    older: (n: number) => `${n} older: show more`,
    moreLines: (n: number) => `… ${n} more lines: show all`,
    moreLetters: (n: number) => `… ${n} more characters: show all`,
    waitingFor: (names: string) => `… waits for ${names}`,
    waitingAlone: "… waits",
    running: "… running",
    copy: "Copy",
    copied: "Copied",
    copyAll: "Copy all",
    history: "History",
    historyEmpty: "Nothing run yet.",
    historyHint: "Puts the statement at the end of the editor",
    seek: "Go to this statement in time",
    next: "next transaction",
  },

  state: {
    whyWaits: "Why does it wait?",
    idle: "idle",
    new: "new",
    inTransaction: "in transaction",
    tables: "holds table locks",
    globalReadLock: "global read lock",
    running: "running",
    waits: "WAITS",
    waitsFor: (names: string) => `WAITS for ${names}`,
    /** Until a wait ends by itself. */
    left: (time: string) => `${time} left`,
    recLock: "record lock",
    record: "record lock",
    gap: "gap lock",
    nextKey: "next-key lock",
    insertIntention: "insert intention lock",
    tableLock: "table lock",
    thrLock: "table lock of the MySQL server",
    tableFlush: "table flush",
    mdl: "metadata lock",
    sleep: "sleeping",
    userLock: "user lock",
    net: "network",
    victim: "deadlock victim",
    gone: "gone",
    and: " and ",
  },

  log: {
    title: "Event log",
    filter: "Find in the log",
    families: {
      story: "The story",
      steps: "Each step",
      all: "Everything",
      locks: "Locks and waits",
      versions: "Versions and read views",
      records: "Records and pages",
      statements: "Statements",
      net: "Results on their way",
    },
    family: "Show",
    session: "Session",
    anySession: "Session: all",
    oneSession: (name: string) => `Session: ${name}`,
    empty: "No event fits.",
    count: (shown: number, all: number) => `${shown} of ${all}`,
  },

  timeline: {
    title: "Timeline",
    overview: "All of it: click or drag to go there",
    dragHint: "Drag a statement to another place: everything is run again in the new order.",
    compare: "Compare…",
    compareHint: "Two futures, two orders or two isolation levels beside each other",
    compareFutures: (n: number) => (n === 1 ? "1 other future" : `${n} other futures`),
    jumpTo: "Jump to",
    jumps: { wait: "Lock wait", error: "Error", deadlock: "Deadlock", bookmark: "Bookmark" },
    jumpBack: (what: string) => `${what} before`,
    jumpOn: (what: string) => `Next ${what.toLowerCase()}`,
    bookmark: "Bookmark here",
    bookmarkOn: "Set a bookmark here",
    bookmarkOff: "Take the bookmark away",
    notRun: {
      waiting: (text: string) => `Not run, since the session was still waiting: ${text}`,
      gone: (text: string) => `Not run, since the connection was closed: ${text}`,
    },
    refused: (text: string, errno: number, message: string) =>
      `${text}: not sent, the client answers ERROR ${errno}: ${message}`,
    ofClient: (text: string) => `The client, not the server: ${text}`,
    client: { settings: "client", leaves: "hangs up", returns: "connects" },
    scrub: "Position in time",
    lane: (name: string) => `Lane of session ${name}`,
    statement: (session: string, sql: string) => `${session}: ${sql}`,
    waits: "waits",
    waitsFor: (names: string) => `waits for ${names}`,
    error: (errno: number) => `error ${errno}`,
    deadlock: "deadlock",
    hint: "Click or drag to go there; double-click a statement to edit it and run all again",
  },

  palette: {
    title: "Commands",
    button: "Commands (Ctrl+K)",
    placeholder: "What do you want to do?",
    none: "Nothing fits. Try a word such as wait, copy, panel or READ COMMITTED.",
    count: (n: number) => (n === 1 ? "1 command" : `${n} commands`),
  },

  tabs: {
    sessions: "Sessions",
    panels: "Panels",
    all: "All panels",
  },

  resize: {
    columns: "Width of the sessions",
    timeline: "Height of the timeline",
  },

  notice: enNotices,

  working: "The server is working…",
  workingEvents: (n: number) => `The server is working… ${n} events so far`,
  stop: "Stop",
  stopHint: "Ends what the server is doing; everything before it stays",
  starting: "Starting the simulated server…",

  help: {
    button: "Help and keys",
    title: "Keys",
    close: "Close",
    where: "Arrows alone work when no editor or list has the focus; with Alt they work everywhere.",
    letters:
      "The letters, < and > work when the timeline has the focus (press Tab until its cursor is framed); a letter with Shift goes back.",
    rows: {
      run: "Run the statement under the cursor; of what was just typed, the first",
      runAll: "Run the statements not run yet; all again when none is left",
      event: "Back, forward by an event",
      statement: "Back, forward by a statement",
      ends: "To the start, to now",
      play: "Play, pause",
      undo: "Undo the last run, opening or order, redo; in an editor its letters first",
      jumps: "Next wait, error, deadlock, bookmark",
      bookmark: "Set a bookmark, take it away",
      reorder: "Move the statement at the cursor earlier, later",
      rows: "In the schedule: move a row, leave it out",
      palette: "Every command, by name",
      inputs:
        "The next or previous place to type: the lesson's question, the editor of each session",
      leave: "Out of an editor",
      files: "Open a file, save as a file",
      help: "This sheet",
    },
    manual: "Put it into your own post: the manual for authors",
    about:
      "Everything here is computed by a simulation of MySQL 9.7 and InnoDB in your browser: nothing is sent anywhere, and the same statements always give the same result.",
  },

  fidelity: {
    link: "Fidelity",
    title: "How far this agrees with a real MySQL",
    back: "To the playground",
    of: "of",
    agreeWith: (server: string) =>
      `recorded scenarios come out exactly as on MySQL ${server}: every result, every wait, every lock.`,
    steps: "steps compared",
    stepsShort: "steps",
    lockRows: "rows of lock tables compared",
    plans: "EXPLAINs that show our plan",
    server: "recorded on",
    date: "last run",
    howTitle: "How it is measured",
    how: [
      "Each scenario was run on a real server, statement by statement, in two to five sessions. After every step the recorder wrote down what came out, who waits for whom, and every row of performance_schema.data_locks and metadata_locks. The simulator is then given the same statements and nothing else, and must say the same.",
      "A scenario agrees only when all of its steps agree in all four aspects. The numbers on this page are written by the test run; a test fails when they are not what it finds.",
    ],
    topicsTitle: "By topic",
    topic: "topic",
    scenarios: "scenarios",
    agree: "agree",
    all: "all",
    aspects: {
      results: "results",
      waits: "waits",
      locks: "locks",
      mdl: "metadata locks",
      crash: "the simulator failed",
    } as Readonly<Record<string, string>>,
    aspectHints: {
      results: "outcome, columns, rows and their order, affected rows, error number and SQLSTATE",
      waits: "performance_schema.data_lock_waits",
      locks: "performance_schema.data_locks",
      mdl: "performance_schema.metadata_locks",
    },
    topics: {
      admin: "KILL, status tables, processlist",
      deadlocks: "deadlocks",
      fuzz: "random scenarios",
      isolation: "isolation levels",
      locks: "row locks",
      mvcc: "versions and read views",
      optimistic: "optimistic locking",
      own: "more scenarios",
      suites: "other people's test suites",
      "table-locks": "table, metadata and global locks",
      transactions: "transactions",
    } as Readonly<Record<string, string>>,
    differingTitle: "Where it differs",
    differing:
      "These recorded scenarios do not agree; each is named with its first step that differs.",
    noneDiffers: "No recorded scenario differs today.",
    step: (step: number) => `step ${step},`,
    limitsTitle: "What it does not do",
    limits:
      "What is not simulated is refused with an error, as MySQL does it where it has one (1235), and is never answered by a guess. A difference that you find is a fault here, not in MySQL.",
  },

  link: {
    button: "Copy link",
    hint: "Copies a link to what you see: tables, statements, the place in time, selection and layout",
    copied: "Link copied.",
    long: (n: number) =>
      `Link copied. It is ${n} letters long: some programs cut links of more than 2,000.`,
    lesson: (part: number) => `Link copied: this lesson, at part ${part}, in this language.`,
    ownLesson: (part: number) =>
      `Link copied: it holds the whole text of this lesson, and opens it at part ${part}.`,
    besideLesson:
      "Link copied: tables and statements as they stand here, without the lesson's guide.",
    futures: (n: number) =>
      n === 1
        ? "The other future would make it long and is not in it; a saved file keeps it."
        : `The ${n} other futures would make it long and are not in it; a saved file keeps them.`,
    log: "The deadlock log would make it long and is not in it; a saved file keeps it.",
    gap: " ",
    byHand: "The browser does not let the page copy. The link stands in the address bar now.",
  },

  theme: { button: "Colours", system: "as the system", light: "light", dark: "dark" },
  language: { button: "Language / 语言", other: "中文", otherName: "切换到中文" },
};

export type Text = typeof en;
