/** The stream's words in English. */
import type { StreamWords } from "./words.ts";

const rows = (count: number): string => (count === 1 ? "1 row" : `${count} rows`);

export const streamEnglish: StreamWords = {
  title: "Result stream",
  empty:
    "Results go to the client at once here, until a session's client is simulated: then every byte of them takes its way through net_buffer, the socket and the client's program.",
  notYet: "The stream has not begun here: play, or go to its first packet.",
  simulate: (session) => `Simulate the client of ${session}`,
  session: "Session",
  packetBack: "Packet back",
  packetOn: "Next packet",
  packetHint: "A step is a movement of this stream: a packet, a send(), a read, a wait",
  stages: {
    engine: "engine",
    netBuffer: "net_buffer",
    sendBuffer: "send buffer",
    wire: "wire",
    receiveBuffer: "receive buffer",
    readBuffer: "read buffer",
    library: "client memory",
    program: "program",
  },
  stageHints: {
    engine:
      "The storage engine: the server reads one row at a time and keeps none: the result is never in one place.",
    netBuffer:
      "The server copies each row in here, and calls send() when it is full or the statement ends.",
    sendBuffer: "The server's kernel keeps bytes here until the client's has acknowledged them.",
    wire: "Bytes on their way.",
    receiveBuffer:
      "The client's kernel keeps bytes here until the program reads them. When it is full, nothing more is sent.",
    readBuffer: "What the driver has read from the socket ahead of the row it was asked for.",
    library:
      "Rows the library or the cursor holds: all of them with mysql_store_result, one with mysql_use_result.",
    program: "The row in the program's hands, and rows that it has put aside for itself.",
  },
  engineNote: "row by row",
  rowsAt: {
    engine: ["", " read"],
    netBuffer: ["", " written"],
    sendBuffer: ["", " sent"],
    wire: ["", " on the line"],
    receiveBuffer: ["", " arrived"],
    readBuffer: ["", " taken"],
    library: ["", " unpacked"],
    program: ["", " done"],
  },
  sides: { server: "server", line: "line", client: "client" },
  of: (bytes, capacity) => `${bytes} of ${capacity}`,
  most: (bytes) => `most ${bytes}`,
  passed: "passed at once",
  boxIs: (count) =>
    count === 1
      ? "One box is one row. A framed box is in the program's hands."
      : `One box is ${count} rows; the numbers are exact. A framed box is the one row in the program's hands.`,
  server: {
    idle: "is done with the result and holds nothing for it.",
    writing:
      "reads rows and writes them into net_buffer. SHOW PROCESSLIST says “executing” (up to 8.0.16 “Sending data”, although nothing need be on its way yet).",
    waiting:
      "waits in send() for room: the send buffer is full because the client does not read. SHOW PROCESSLIST says “Sending to client”, performance_schema.threads goes on saying “executing”.",
    broken: "has given the connection up.",
  },
  sendsUntil: (left) => `net_write_timeout in ${left}, then the connection is shut down`,
  app: {
    idle: "The program does nothing.",
    reading: "The program waits for the library.",
    processing: "The program works on a row and reads nothing meanwhile.",
    paused: "The program pauses and reads nothing.",
    crashed: "The program has crashed; its kernel has closed the socket.",
    done: "The program is done.",
  },
  leftRows:
    "The program has left its loop: rows of the result are not read, and stay where they are.",
  gap: " ",
  goesOnIn: (left) => `It goes on in ${left}.`,
  drained: (count) => `${rows(count)} were read and thrown away.`,
  library: {
    ready: "ready for a command",
    getResult: "a result is to be fetched",
    useResult: "rows are still to be read; another command fails with 2014",
    gone: "no connection; every call fails",
  },
  throwsAway: "rows are still to be read; another execute() reads them first and throws them away",
  elsewhere: {
    stores: "As this: JDBC and PHP (mysqli, PDO) by default, Node's mysql2, the mysql client.",
    leaves:
      "As this: JDBC with setFetchSize(Integer.MIN_VALUE), PHP with MYSQLI_USE_RESULT or PDO's unbuffered queries, Go's database/sql, mysql --quick. (useCursorFetch, a cursor in the server, is not simulated.)",
  },
  bufferSizes:
    "The buffers keep these sizes here, so that they fill up after few rows. Linux begins with such sizes and lets the buffers of a busy connection grow to some megabytes (tcp_wmem, tcp_rmem): there more rows fit before the server waits.",
  asking: "waits for the answer",
  why: {
    2006: "The connection had been lost before, and the library knew: nothing was sent.",
    2008: "The library may not allocate more: store_result keeps every row until it is freed. use_result needs one row.",
    2014: "The rows of the last result have not all been read, and the connection carries one answer at a time. Read them, free the result, or use a second connection.",
  },
  lost: {
    writeTimeout:
      "The server had waited for net_write_timeout because the client did not read, and shut the connection down. What was in the socket could still be read; the rest never came. To keep it: take all rows first and work afterwards (store_result, or “stores all rows first” below), work faster, or raise net_write_timeout.",
    killed:
      "Another session had ended the connection with KILL. A new one can be opened; the transaction was rolled back.",
    clientGone: "The client's own end of the socket was closed first.",
    released: "The session was closed on this page.",
  },
  stored: (api) =>
    `The program pauses, but ${api} as it is used here had taken all rows before: the server is done and waits for nobody, however long the pause. For an error 2013 leave the rows on the line.`,
  fits: (bytes, room) =>
    `The program pauses, but the whole result, ${bytes}, fits into the send and receive buffers, ${room}: the server is done and waits for nobody. For an error 2013 take more or longer rows, or smaller buffers.`,
  takeInstead: (api) => `Run it with ${api}, a row at a time`,
  holds: "Meanwhile the session keeps",
  held: {
    processlist: (state) => `processlist: ${state}`,
    readView: (low, high) => `read view, low ${low}, high ${high}`,
    purge: (count) =>
      count === 1 ? "1 transaction not purged" : `${count} transactions not purged`,
    mdl: (mode, table) => `metadata lock ${mode} on ${table}`,
    recLocks: (count) => (count === 1 ? "1 record lock" : `${count} record locks`),
    waits: (session) => `${session} waits for it`,
    nothing: "no read view and no lock",
  },
  chart: "Bytes over time, taken both ways",
  chartLines: {
    netBuffer: "net_buffer",
    sendBuffer: "send buffer",
    wire: "wire",
    receiveBuffer: "receive buffer",
    readBuffer: "read buffer",
    memory: "client memory",
  },
  chartEmpty: "Run a SELECT in the session: its bytes are drawn here.",
  asRun: "As it runs",
  otherWay: "The same taken the other way",
  inMemory: "client memory",
  onTheWay: "in the buffers and on the wire",
  peak: (bytes) => `peak ${bytes}`,
  movements: (count) => `${count} movements, no time passes`,
  stillAfter: (time) => `not yet, after ${time}`,
  times: (count) => (count === 1 ? "once" : `${count} times`),
  rowsDone: (count) => `${rows(count)} done`,
  cutOffAfter: (count) => `connection closed by the server after ${rows(count)}`,
  costs: {
    head: "What it costs",
    memory: "client memory, at most",
    held: "server holds read view and locks for",
    netBuffer: "server memory (net_buffer), at most",
    waits: "send() had to wait",
    program: "program done after",
    end: "outcome",
  },
  settings: "Settings",
  goneHint:
    "The connection is lost. Choose what would have helped, and the story is told again from its start with it; or run a statement, which opens a new connection.",
  presets: "A program that",
  preset: {
    fast: { name: "is fast", hint: "No time per row." },
    slow: { name: "takes 0.5 s a row", hint: "Half a second of work on every row." },
    stalls: { name: "stops at row 5", hint: "Reads nothing for ten minutes from row 5 on." },
    storesLocally: {
      name: "stores first, then works",
      hint: "Takes all rows into memory of its own at once, and works on them afterwards, half a second each: the server is free early.",
    },
    breaks: { name: "leaves the loop at row 5", hint: "break; the cursor stays open." },
    queries: {
      name: "sends a second query at row 5",
      hint: "On the same connection, while rows are still to be read.",
    },
  },
  library_: "Client library",
  program: "Program",
  network: "Network",
  api: "call",
  fetch: "the program fetches",
  fetches: { one: "row by row", many: "many at once", all: "all at once", manual: "when told" },
  libraries: { "9.7": "9.7 (after 2013: 2013)", "8.0.23": "8.0.23 (after 2013: 2006)" },
  numbers: {
    rowMs: "ms of work a row",
    sendBufferBytes: "send buffer, bytes",
    receiveBufferBytes: "receive buffer, bytes",
    bandwidthBytesPerS: "bandwidth, bytes/s",
    latencyMs: "latency, ms",
    segmentBytes: "segment, bytes",
    memoryLimitBytes: "memory limit, bytes",
    fetchSize: "rows a fetchmany",
    pauseAtRow: "pause at row",
    pauseMs: "pause, ms",
    turnAtRow: "leave at row",
  },
  noLimit: {
    bandwidthBytesPerS: "no limit",
    memoryLimitBytes: "no limit",
    pauseAtRow: "never",
    turnAtRow: "never",
  },
  turn: (row) => `at row ${row} it`,
  turns: {
    break: "leaves, cursor open",
    close: "closes the result",
    query: "sends another query",
    ping: "pings",
    crash: "crashes",
  },
  query: "the other query",
  storeFirst: "stores all rows first, then works",
  calls: "Tell the program to",
  call: {
    fetchone: "fetchone()",
    fetchmany: "fetchmany()",
    fetchall: "fetchall()",
    close: "close()",
    ping: "ping()",
    crash: "crash",
  },
  rowsNone: "Rows",
  rowsOf: (table) => `Rows of ${table}`,
  makeTable: "Make a table `big` of 2000 rows",
  rowCount: "rows",
  rowsChoice: (count) => `${count.toLocaleString("en")} rows`,
  rowBytes: "bytes a row",
  serverNumbers: "Server",
  serverNumber: {
    net_buffer_length: "net_buffer_length",
    net_write_timeout: "net_write_timeout, s",
    max_allowed_packet: "max_allowed_packet",
  },
  toldAgain:
    "These belong to the server and its tables: a change tells the story so far again with the new number. The fields on the client's side change it from now on; the call, while a result is open, and all of them on a lost connection, tell the story again too.",
  code: "The program",
  codeTabs: { python: "Python", c: "C", client: "mysql client" },
  modelled: "This is what is being simulated.",
  sameWay: "Takes the result the same way.",
};
