/** What else people look for an example by, in either language, by the example's id. */
export const EXAMPLE_WORDS: Readonly<Record<string, string>> = {
  "gap-locks": "phantom read insert blocked 幻读 插入被挡住",
  "gap-locks-rc": "read committed RC 读已提交",
  "three-versions": "mvcc undo read view snapshot 多版本 版本链 读视图 快照",
  "rc-and-rr": "isolation level repeatable read non-repeatable 隔离级别 可重复读 不可重复读",
  deadlock: "1213 40001 victim 死锁 牺牲者",
  "duplicate-key": "1062 duplicate entry insert 重复键 唯一键",
  "metadata-queue": "mdl alter table ddl waiting for table metadata lock 元数据锁 改表 加字段 卡住",
  "slow-client":
    "jdbc connector/j fetch size streaming sending to client net_write_timeout 流式 慢客户端",
  "lost-connection": "2013 2006 gone away communications link failure net_write_timeout 连接断开",
  "out-of-sync": "2014 commands out of sync cursor sscursor 游标",
  "long-stream":
    "jdbc setfetchsize usecursorfetch server-side cursor sscursor unbuffered 流式 服务端游标",
  playground: "new empty begin anew 新建 空白 重新开始",
};
