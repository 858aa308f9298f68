/** A result that its client reads slowly: what the server keeps meanwhile. */
import type { SessionName } from "../trace/ids.ts";
import { type Lesson, run } from "./lesson.ts";

const A = "A" as SessionName;

export const slowClient: Lesson = {
  id: "slow-client",
  arrangement: "streaming",
  title: { en: "A client that reads slowly", zh: "读得很慢的客户端" },
  intro: {
    en: "A's program takes its result row by row (MySQLdb's SSCursor) and works a tenth of a second on each. The socket's buffers fill up, and the server waits in send(): it keeps at most one net_buffer of the result, but also its read view and its metadata lock, so that B's ALTER waits. Let time pass with the clock, or change the client while it runs: MySQLdb.Cursor takes everything into its own memory and sets the server free.",
    zh: "A 的程序逐行取结果（MySQLdb 的 SSCursor），每行处理 0.1 秒。套接字缓冲区满了，服务器就在 send() 中等待：结果在服务器端最多只占一个 net_buffer，但它还保留着读视图和元数据锁，所以 B 的 ALTER 只能等待。可以用时钟让时间流逝，也可以在运行中更改客户端：MySQLdb.Cursor 会把全部结果读进自己的内存，让服务器脱身。",
  },
  scenario: {
    id: "slow-client",
    setup: [
      "CREATE TABLE r (id INT NOT NULL, pad VARCHAR(600), PRIMARY KEY (id)) ENGINE=InnoDB",
      "INSERT INTO r WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 400) SELECT i, REPEAT('x', 600) FROM n",
    ],
    steps: [
      {
        session: A,
        client: {
          api: "MySQLdb.SSCursor",
          rowMs: 100,
          sendBufferBytes: 16_384,
          receiveBufferBytes: 32_768,
        },
      },
      run("A", "SELECT * FROM r"),
      run("B", "ALTER TABLE r ADD COLUMN note VARCHAR(20)"),
    ],
  },
  editors: {
    A: "SELECT * FROM r;",
    B: "ALTER TABLE r ADD COLUMN note VARCHAR(20);\nSHOW PROCESSLIST;",
  },
};
