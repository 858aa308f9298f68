/** Results that their clients read slowly, by halves or not at all, and what the server keeps meanwhile. */
import type { SessionName } from "../trace/ids.ts";
import type { Step } from "../trace/scenario.ts";
import type { ClientSettings } from "../trace/state_net.ts";
import { filledTable } from "./filled_table.ts";
import { type Lesson, run } from "./lesson.ts";

const A = "A" as SessionName;

function client(settings: Partial<ClientSettings>): Step {
  return { session: A, client: settings };
}

export const slowClient: Lesson = {
  id: "slow-client",
  arrangement: "streaming",
  title: { en: "A client that reads slowly", zh: "读得很慢的客户端" },
  intro: {
    en: "A's program takes its result row by row (MySQLdb's SSCursor) and works a tenth of a second on each. The socket's buffers fill up, and the server waits in send(): it keeps at most one net_buffer of the result, but also its read view and its metadata lock: the version of row 300 that B has replaced cannot be purged, and B's ALTER waits. Let time pass with the clock, or change the client while it runs: MySQLdb.Cursor takes everything into its own memory and sets the server free. The charts show both ways beside each other.",
    zh: "A 的程序逐行取结果（MySQLdb 的 SSCursor），每行处理 0.1 秒。套接字缓冲区满了，服务器就在 send() 中等待：结果在服务器端最多只占一个 net_buffer，但它还保留着读视图和元数据锁：B 已经改掉的第 300 行的旧版本不能被 purge，B 的 ALTER 也只能等待。可以用时钟让时间流逝，也可以在运行中更改客户端：MySQLdb.Cursor 会把全部结果读进自己的内存，让服务器脱身。曲线图把两种取法并排画出。",
  },
  scenario: {
    id: "slow-client",
    setup: filledTable("r", { rows: 400, rowBytes: 600 }),
    steps: [
      client({
        api: "MySQLdb.SSCursor",
        rowMs: 100,
        sendBufferBytes: 16_384,
        receiveBufferBytes: 32_768,
      }),
      run("A", "SELECT * FROM r"),
      run("B", "UPDATE r SET pad = 'changed' WHERE id = 300"),
      run("B", "ALTER TABLE r ADD COLUMN note VARCHAR(20)"),
    ],
  },
  editors: {
    A: "SELECT * FROM r;",
    B: "UPDATE r SET pad = 'changed' WHERE id = 300;\nALTER TABLE r ADD COLUMN note VARCHAR(20);\nSHOW PROCESSLIST;",
  },
};

export const lostConnection: Lesson = {
  id: "lost-connection",
  arrangement: "streaming",
  title: {
    en: "2013: half a second a row, and the connection is lost",
    zh: "2013：每行半秒，连接丢了",
  },
  intro: {
    en: "A's program takes 6,000 short rows with SSCursor and works half a second on each. The driver reads the socket 16 KB at a time: some 550 rows, more than four minutes of work during which nobody reads. The buffers are full, send() says EAGAIN, and the server waits for net_write_timeout, 60 s, and not longer; then it shuts the connection down. The program learns nothing of that: it works through what had been sent, and only then, eighteen minutes later, gets 2013. Play it from the start, then try what helps: “stores first, then works”, a larger net_write_timeout, MySQLdb.Cursor.",
    zh: "A 的程序用 SSCursor 取 6000 个短行，每行处理半秒。驱动每次从套接字读 16 KB，约 550 行，也就是四分多钟的工作量，其间没有人读取。缓冲区满了，send() 返回 EAGAIN，服务器最多等 net_write_timeout，即 60 秒，然后关闭连接。程序对此一无所知：它处理完已经发出来的行，十八分钟之后才得到 2013。从头播放一遍，再试试有用的办法：“先存到本地再处理”、更大的 net_write_timeout，或者 MySQLdb.Cursor。",
  },
  scenario: {
    id: "lost-connection",
    setup: filledTable("r", { rows: 6000, rowBytes: 20 }),
    steps: [
      client({
        api: "MySQLdb.SSCursor",
        rowMs: 500,
        sendBufferBytes: 16_384,
        receiveBufferBytes: 32_768,
      }),
      run("A", "SELECT * FROM r"),
      { advance: 59 },
      { advance: 2 },
      { advance: 1200 },
    ],
  },
  editors: { A: "SELECT * FROM r;", B: "SHOW PROCESSLIST;" },
};

export const outOfSync: Lesson = {
  id: "out-of-sync",
  arrangement: "streaming",
  title: { en: "2014: commands out of sync", zh: "2014：命令不同步" },
  intro: {
    en: "mysql_use_result leaves the rows on the connection until they are read. A's program has fetched three of them when it sends another query: the library refuses it with 2014 before the server hears anything, and so it does with a ping. Fetch the rest or close the result, and the connection takes commands again; B, a second connection, was never in the way. PyMySQL's SSCursor behaves differently: choose it as the call, and see it read the rest and throw it away.",
    zh: "mysql_use_result 把行留在连接上，直到被读走。A 的程序取了三行之后又发一条查询：客户端库直接以 2014 拒绝，服务器什么也没听到；ping 也一样。把剩下的行取完或者关闭结果，连接才能再接受命令；B 是另一个连接，从不受影响。PyMySQL 的 SSCursor 做法不同：把调用换成它，看它如何读完剩下的行并丢弃。",
  },
  scenario: {
    id: "out-of-sync",
    setup: filledTable("r", { rows: 200, rowBytes: 100 }),
    steps: [
      client({
        api: "mysql_use_result",
        fetch: "manual",
        sendBufferBytes: 4096,
        receiveBufferBytes: 4096,
      }),
      run("A", "SELECT * FROM r"),
      { session: A, call: "fetchmany", size: 3 },
      run("A", "SELECT 1"),
      { session: A, call: "ping" },
      run("B", "SELECT COUNT(*) FROM r"),
    ],
  },
  editors: { A: "SELECT 1;", B: "SELECT COUNT(*) FROM r;" },
};

export const longStream: Lesson = {
  id: "long-stream",
  arrangement: "streaming",
  title: { en: "2,000 rows on their way, or 100,000", zh: "传输中的两千行或十万行" },
  intro: {
    en: "The table was filled with WITH RECURSIVE; under the charts its number of rows and their size can be changed, also to 100,000. A takes them row by row, a millisecond each: the server streams all that time and never holds more than a net_buffer of the result. Let time pass and watch; compare with mysql_store_result, which sets the server free at once and keeps every row in the client's memory.",
    zh: "这张表是用 WITH RECURSIVE 填充的，行数和每行大小可以在曲线图下面更改，也可以改成十万行。A 逐行取，每行一毫秒：服务器一直在传输，但手里的结果从不超过一个 net_buffer。让时间流逝，看它传输；再和 mysql_store_result 比较：服务器立刻脱身，而所有的行都占着客户端的内存。",
  },
  scenario: {
    id: "long-stream",
    setup: filledTable("r", { rows: 2000, rowBytes: 100 }),
    steps: [client({ api: "mysql_use_result", rowMs: 1 }), run("A", "SELECT * FROM r")],
  },
  editors: { A: "SELECT * FROM r;", B: "SHOW PROCESSLIST;" },
};
