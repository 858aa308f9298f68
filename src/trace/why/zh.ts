/** The rules in Chinese. */
import { unreachable } from "../../base/assert.ts";
import type { RecLockKind } from "../explain/text.ts";
import {
  chainText,
  changeText,
  endingsText,
  KEPT_UNTIL,
  list,
  RELEASE_REASON,
} from "../explain/zh/words.ts";
import type { GapBounds } from "../gap_bounds.ts";
import type { IsolationLevel } from "../state.ts";
import { type BlockerCase, type LockCase, others, type RuleWords } from "./rule_words.ts";
import { zhGapReason } from "./statement_words.ts";
import { lastingOf } from "./wait_ends.ts";

function between({ low, high }: GapBounds): string {
  if (low === null && high === null) return "整个索引";
  if (low === null) return `${high} 以下的全部`;
  if (high === null) return `${low} 以上的全部`;
  return `${low} 与 ${high} 之间`;
}

const LOCKS: Readonly<Record<RecLockKind, string>> = {
  nextKey: "临键锁",
  supremum: "临键锁",
  gap: "间隙锁",
  supremumGap: "间隙锁",
  record: "记录锁",
  insertIntention: "插入意向锁",
};

function theirs(blockers: readonly BlockerCase[]): string {
  const named = ({ kind, modeText }: BlockerCase): string =>
    kind === null ? ` ${modeText}` : `${LOCKS[kind]} ${modeText}`;
  const names = blockers.map(
    (each) => `${each.session} 的${named(each)}${each.isWaiting ? "（它自己也在等）" : ""}`,
  );
  return list(names) || "已没有锁";
}

const LOCKS_GAPS: Readonly<Record<IsolationLevel, boolean>> = {
  "READ UNCOMMITTED": false,
  "READ COMMITTED": false,
  "REPEATABLE READ": true,
  SERIALIZABLE: true,
};

function gapReason(isolation: IsolationLevel): readonly string[] {
  return LOCKS_GAPS[isolation] ? [zhGapReason(isolation)] : [];
}

function scanned(lock: LockCase): readonly string[] {
  const { isolation, kind, mode, data, gap } = lock;
  switch (kind) {
    case "nextKey":
      return [
        `在 ${isolation} 下，加锁的查找对走到的每条索引记录都加临键锁，不论这一行是否符合条件。`,
        `这里：记录 ${data} 和它之前的间隙（${between(gap)}）。`,
        ...gapReason(isolation),
      ];
    case "supremum":
      return [
        `查找走到了索引末尾，所以最后一条记录之后的间隙也被锁住：${between(gap)}。supremum 不是行，它上面的临键锁就是间隙锁。`,
        ...gapReason(isolation),
      ];
    case "gap":
    case "supremumGap":
      return [
        `查找停在 ${data}，它不属于查找的范围：只锁它之前的间隙（${between(gap)}），记录 ${data} 本身不锁。`,
        ...gapReason(isolation),
      ];
    default:
      return LOCKS_GAPS[isolation]
        ? [`只在 ${data} 这条记录上加 ${mode} 锁：这次查找不会多出别的行，所以不必锁间隙。`]
        : [`在 ${isolation} 下，查找只锁找到的记录，从不锁间隙：旁边仍可插入，因此会有幻读。`];
  }
}

const changes = (what: string) => (on: string) =>
  `没有插入行，但${what}修改索引里的列，要往索引 ${on} 里放入一个新的索引项；和 INSERT 一样，它要`;

const ASKS = {
  INSERT: () => "INSERT 要",
  REPLACE: () => "REPLACE 和 INSERT 一样，要",
  UPDATE: changes(" UPDATE "),
  DELETE: changes("外键引起的更新"),
  OTHER: (on: string) => `这条语句引起的操作要往索引 ${on} 里放入一个索引项；和 INSERT 一样，它要`,
};

export const chineseRules: RuleWords = {
  supremum: "supremum",
  list,
  granted: (lock, why, ofRequest = false) => {
    const { data, on, session } = lock;
    switch (why) {
      case "scan":
        return scanned(lock);
      case "uniqueSearch":
        return lock.kind === "record"
          ? [
              `给出了唯一索引 ${on} 的所有列，并且找到了 ${data}：不会再有别的行用这个键，所以只锁记录 ${data}，不锁它之前的间隙。`,
            ]
          : [
              `给出了唯一索引 ${on} 的所有列，但没有这样的记录：锁住它本该在的间隙（${between(lock.gap)}），使它不会出现。`,
              ...gapReason(lock.isolation),
            ];
      case "clusteredBehindSecondary":
        return [
          `查找走的是二级索引，索引项指向行：${on} 里的行 ${data} 也要加锁，只锁记录，因为要紧的间隙在二级索引里。`,
        ];
      case "duplicateCheck":
        return [
          `${session} 遇到一条键值相同的记录。算不算错要看这条记录最后在不在，所以 ${session} 先锁住它（${lock.modeText}）再判断；报 1062 之后这个锁仍然留着。`,
        ];
      case "insertIntention":
        return ["插入意向锁不阻挡任何人，只说明有插入在这个间隙里等过。"];
      case "rowToModify":
        return [`谁修改一条记录，谁就持有它的 X 锁直到事务结束：记录 ${data}，不锁间隙。`];
      case "implicitMadeExplicit":
        return [
          `事务插入或改过的记录，仅凭 DB_TRX_ID 就算被锁住（隐式锁）。别人走到了 ${data}，于是 ${session} 的锁被登记下来，供人等待。`,
        ];
      case "inherited":
        return [
          `${data} 前面的那条记录没有了。那里${ofRequest ? "请求的" : "的"}锁由 ${data} 继承为间隙锁，原来的位置仍然不能插入：${between(lock.gap)}。`,
          ...gapReason(lock.isolation),
        ];
      case "gapSplit":
        return [
          `${data} 插进了 ${session} 锁住的间隙，把它切成两段。后一段的锁不变，前一段（${between(lock.gap)}）的锁由 ${data} 继承：整个间隙仍然锁着。`,
          ...gapReason(lock.isolation),
        ];
      default:
        return [`${on} 的记录 ${data}，${lock.modeText}。`];
    }
  },
  behindRange: ({ data, on }, why) =>
    why === "clusteredBehindSecondary"
      ? `${data} 不在查找范围内：范围之后的第一个索引项指向这一行，服务器把它与范围终点比较之前，${on} ${data} 已经被锁住。`
      : `${data} 不在查找范围内，它是范围之后的第一条记录：要多读一条才知道到头了，而读到的记录在比较之前就已加锁。`,
  foreignKey: (session, check, modeText) => {
    const { constraint, child, parent, change, looksFor } = check;
    const makes = `${session} 要${changeText(check)}，所以外键 ${constraint} 要它`;
    const on = change === "DELETE" ? "ON DELETE" : "ON UPDATE";
    switch (looksFor) {
      case "parent":
        return `${makes}检查 ${parent} 里的父行，并加共享锁（${modeText}）：父行在 ${session} 的事务结束之前不能消失。`;
      case "refusingChild":
        return `${makes}到 ${child} 里查引用它的行，并加共享锁（${modeText}）：有这样的行，修改就以错误 1451 失败。`;
      case "cascade":
        return `${makes}一并${change === "DELETE" ? "删除" : "修改"} ${child} 里引用它的行（${on} CASCADE）；查找时加排他锁（${modeText}）。`;
      case "setNull":
        return `${makes}把 ${child} 里引用它的行置为 NULL（${on} SET NULL）；查找时加排他锁（${modeText}）。`;
      default:
        return unreachable(looksFor);
    }
  },
  foreignKeyOnTable: (session, check, mode) => {
    const { constraint, child, parent, looksFor } = check;
    const table = looksFor === "parent" ? parent : child;
    const work = {
      parent: `检查 ${parent} 里的父行`,
      refusingChild: `到 ${child} 里查引用它的行`,
      cascade: `一并改动 ${child} 里引用它的行`,
      setNull: `把 ${child} 里引用它的行置为 NULL`,
    }[looksFor];
    return `${session} 要${changeText(check)}，所以外键 ${constraint} 要它${work}：锁 ${table} 的记录之前，先在表上加 ${mode}。`;
  },
  forStatement: (session, sql) => `${session} 的语句：${sql}`,
  insertWaits: (lock, { verb, isGapOnly, skippers }) => [
    `挡住它的是 ${lock.data} 上 ${theirs(lock.blockers)}。${isGapOnly ? "间隙锁之间互不排斥，它们排斥的是插入。" : "临键锁覆盖记录和它之前的间隙：同一个间隙可以被多个事务锁住，但都排斥插入。"}`,
    ...(skippers.length === 0
      ? []
      : [
          `${list(skippers)} 的锁来自 SKIP LOCKED：它跳过被锁住的记录，却仍锁住沿途的间隙，一行也没找到时也是。READ COMMITTED 下它不锁间隙。`,
        ]),
    `${ASKS[verb ?? "OTHER"](lock.on)}在插入位置后面的那条记录（这里是 ${lock.data}）上请求插入意向锁。别的事务在这条记录上的锁，只要覆盖它之前的间隙（${between(lock.gap)}），不论已得到还是在等，都要等它。`,
  ],
  recordWaits: (lock, why) => [
    `同一条记录 ${lock.data} 上，${lock.modeText} 对 ${theirs(lock.blockers)}：S 与 S 相容，X 与谁都不相容。这里不看间隙。${why === "scan" ? "语句经过一条记录就加锁，不论这一行是否符合条件。" : ""}`,
    ...(why === "duplicateCheck"
      ? [
          `这里没有查找：${lock.session} 要写入的键值，${lock.data} 已经有了。算不算重复，要看这条记录最后在不在，所以 ${lock.session} 先要它上面的 ${lock.modeText}，在任何隔离级别下都是这样。`,
        ]
      : []),
  ],
  waitEnds: (session, ends) =>
    `什么时候结束：${ends.every(({ ending }) => ending === "transaction") ? "锁一直保持到事务结束，所以" : ""}要等 ${endingsText(ends)}，${session} 才能继续；等满 innodb_lock_wait_timeout 则得到错误 1205。`,
  aheadWaits: (lock) => [
    `没有已得到的锁挡住它，但 ${theirs(lock.blockers)} 与 ${lock.modeText} 冲突，而且请求得更早：对一条记录的请求要排队，谁也不会一直轮不到。`,
  ],
  tableGranted: (mode, table, why) =>
    why === "autoInc"
      ? [`${table} 上的 ${mode} 保持到语句结束，而不是事务结束：在此期间别人得不到自增值。`]
      : mode.startsWith("I")
        ? [
            `${mode} 预告要在 ${table} 里锁什么：${mode === "IX" ? "要修改的记录" : "要共享读的记录"}。意向锁之间相容，只与整张表上的 S 和 X 冲突。`,
          ]
        : [`${mode} 一次锁住整张 ${table}，直到事务结束。`],
  tableWaits: (mode, table, blockers) => [
    `${table} 上的 ${mode} 与 ${theirs(blockers)} 不相容。对整张表：IS 与 IX 相容，S 与 IS、S 相容，X 与谁都不相容。`,
  ],
  grantedAfterWait: (cause) => [
    "锁被释放时，会检查那条记录的等待队列：与排在前面的都不冲突的请求得到锁，线程被唤醒。",
    ...(cause === null ? [] : [`是什么让它得到的：${cause}`]),
  ],
  alreadyHeld: (held, asked) => [
    `${held} 不弱于 ${asked}，覆盖的范围也不小，所以事务不需要第二个锁。`,
  ],
  refused: (asked, isNowait) => [
    isNowait
      ? `${asked} 有冲突；因为 NOWAIT，语句以错误 3572 失败而不等待。`
      : `${asked} 有冲突；因为 SKIP LOCKED，结果里略过这一行而不等待。`,
  ],
  released: (why) => [
    `释放的原因：${RELEASE_REASON[why]}。`,
    "InnoDB 的行锁保持到事务结束（两阶段加锁）。例外：读已提交下不符合条件的行上的锁，以及语句结束时的 AUTO-INC 锁。",
  ],
  moved: ["锁是页上某个堆号对应的一位。记录移到别的页时，这一位跟着走；不会因此得到或失去什么。"],
  timedOut: (waitedMs) => [
    `${waitedMs / 1000} 秒 ≥ innodb_lock_wait_timeout：放弃等待，报错误 1205。只回滚这条语句；事务和它其余的锁都还在。`,
  ],
  timedOutAbove: [
    "等待达到了 lock_wait_timeout 秒。它限制对元数据锁和整张表的等待，默认一年；innodb_lock_wait_timeout 只限制对 InnoDB 自己的锁的等待。",
    "这条语句以错误 1205 失败；已开始的事务带着它的锁继续。",
  ],
  deadlock: ({ victim, isTie, members }) => [
    "每个事务都在等下一个的锁，最后一个等第一个：谁也走不下去，所以必须回滚其中一个。",
    `权重 = undo 记录数 + 锁结构数：${members.map(({ session, weight, undo, structs }) => `${session} ${undo} + ${structs} = ${weight}`).join("，")}。`,
    isTie
      ? `回滚权重最小的。最小的权重不止一个时，谁的等待使环闭合，就回滚谁：这里是 ${victim}。`
      : `回滚最轻的，损失最小：${victim}。`,
  ],
  mdlGranted: (lock, end) => [
    `${lock.mode} 与这里已授予的元数据锁以及排在它前面的请求都相容。它保持到${KEPT_UNTIL[end]}。`,
    ...(end === "statement" && lastingOf(lock) === "transaction"
      ? ["自动提交时，这条语句自己就是一个事务。"]
      : []),
    ...(end === "unlockTables" && lock.namespace === "TABLE"
      ? ["BEGIN 和下一条 LOCK TABLES 也会释放它。"]
      : []),
    ...(end === "transaction" && lock.mode !== "INTENTION_EXCLUSIVE"
      ? ["事务用过的对象，定义在 COMMIT 之前不变。"]
      : []),
  ],
  mdlWaits: (mode, blockers) => [
    `${mode} 要与对象上每个已授予的锁、每个优先于它的等待请求都相容才能得到。挡住它的是：${theirs(blockers)}。`,
    ...(blockers.some((blocker) => blocker.isWaiting)
      ? ["正在等待的改表请求排在后来的读之前：所以一条 ALTER 就能让整张表停下来。"]
      : []),
  ],
  otherWaitEnds: (session, ends, limit) =>
    `什么时候结束：要等 ${endingsText(ends)}，${session} 才能继续${limit === null ? "" : `；等满 ${limit} 则得到错误 1205`}。`,
  waitChain: ({ sessions, ends }) => chainText(sessions, ends),
  killHolders: (holders) =>
    `不等它们的办法：${holders.map(({ session, id }) => `KILL ${id} 断开 ${session} 的连接`).join("，")}，那里未提交的事务回滚，锁随之释放。`,
  killRequest: (session, id, behind) =>
    `KILL QUERY ${id} 撤掉 ${session} 自己的请求，${list(behind)} 立刻继续。`,
  limitReached: (waitedMs) => `${waitedMs / 1000} 秒 ≥ innodb_lock_wait_timeout。`,
  killAhead: (session, waiting) =>
    `也可以对 ${list(waiting)} 执行 KILL QUERY，${session} 就不必再等。`,
  userLockWaits: (name, holders) =>
    `名字 ${name} 同时只能属于一个会话：${list(holders)} 用 GET_LOCK 得到了它，提交也不会放掉。等满给 GET_LOCK 的时限，它返回 0。`,
  flushWaits: (table, users) =>
    `FLUSH 要关掉现在打开着的 ${table}：正在用它的先用完，后来的要等新版本。还在用它的：${list(users)}。`,
  flushKill: (running) =>
    `出路：对 ${list(running)} 执行 KILL QUERY。去 KILL 那条 FLUSH 帮不了别的会话：打开着的版本已经是旧的了。`,
  netWaits: (session) => [
    `${session} 停在 send() 里：服务器到客户端之间的缓冲区都满了，没有锁挡住它。客户端一读它就继续；在 net_write_timeout 之内什么也不读，连接就断开。`,
  ],
  sleeps: (session) => [`是 ${session} 自己要等的：没有锁挡住它。它持有的锁在此期间不会放掉。`],
  ownLimit: [
    "这是 Interleave 自己的限制，免得没完没了的语句让页面停住。MySQL 没有这个限制，会一直执行下去。",
  ],
  thrLockWaits: (table, holders) =>
    `${table} 的存储引擎只锁整张表，锁到语句结束：可以多个读，只能一个写。挡住它的是：${list(holders)}。`,
  readUncommitted: ["读未提交没有读视图：直接取最新的版本，不管提交与否。"],
  pageChecked: (maxTrxId, up) => [
    maxTrxId < up
      ? `${maxTrxId} < ${up}（低水位）：这一页的所有修改在打开视图之前都已提交，索引项照原样算数。`
      : `${maxTrxId} ≥ ${up}（低水位）：这一页后来有过修改；二级索引项不带版本，所以要去看聚簇索引里的行。`,
  ],
  viewOpened: (up, low, ids) => [
    `低水位 ${up}：${ids.length === 0 ? "当时没有写事务，它就是下一个要分配的 id" : "当时活跃的最小 id"}；比它小的都已提交。`,
    `高水位 ${low}：下一个要分配的 id；从它开始的都在视图之后。`,
    `两者之间活跃的：${ids.length === 0 ? "无" : list(ids)}；它们的修改即使后来提交也不可见。`,
  ],
  handedOver: ({ condition, extra }, isLocked) => [
    `InnoDB ${condition === "" ? "扫描整个索引" : `只知道要查找什么（${condition.replace(/^all of /, "整个 ")}）`}，走到的每一行都交给 server 层。`,
    extra.includes("Using where")
      ? `server 层再用 WHERE 判断它（Using where）：不符合就不取这一行${isLocked ? "，但它的锁还在，只有 READ COMMITTED 及以下才释放" : ""}。`
      : "不再用 WHERE 的其他条件判断它。",
  ],
  plan: (plan) => [
    `选中：${plan.key ?? plan.table} 上的 ${plan.access}，代价 ${plan.cost.toFixed(2)}，约 ${plan.rows} 行。${plan.condition === "" ? "" : `查找：${plan.condition.replace(/^all of /, "整个 ")}。`}`,
    ...others(plan).map(
      (each) =>
        `未选：${each.key === null ? "" : `${each.key} 上的 `}${each.access}，代价 ${each.cost.toFixed(2)}，约 ${each.rows} 行。`,
    ),
    ...(plan.unindexed.length === 0
      ? []
      : [`没有以 ${list(plan.unindexed)} 开头的索引：只能读出每条记录之后再判断条件。`]),
    ...(plan.extra.startsWith("Range")
      ? ["条件拿它和前面的表比较：对前面的每一行都重新选最便宜的范围，没有就读整张表。"]
      : []),
    "选代价最小的；加锁的语句锁的就是它读的那个索引上的记录。",
  ],
  idAssigned: (id, next) => [
    `只有要写的事务才有 id：它会写在每个版本上（DB_TRX_ID）。这个是 ${id}；下一个写事务得到 ${next}。`,
  ],
  undoWritten: (isInsert) => [
    isInsert
      ? "插入的 undo 记录只存键值：撤销就是删掉这一行。它前面没有版本，COMMIT 时就丢弃。"
      : "更新的 undo 记录存旧值：回滚时放回去，较早的读视图也从这里读。COMMIT 之后还要留到 purge。",
  ],
  purgeRan: (trxNo) => [
    `所有打开的读视图都在提交号 ${trxNo} 之后：没人再会要那些版本，于是清掉 undo 记录和带删除标记的行。`,
  ],
  purgeHeldBack: (lowLimitNo, session) => [
    `Purge 只能处理提交号小于 ${lowLimitNo} 的已提交事务，这是最早打开的视图的界限，属于 ${session}。长事务会让历史链表变长。`,
  ],
  notSimulated: (feature) => [
    `MySQL 9.7 有 ${feature}，Interleave 模拟的服务器没有：做不到的，它用 MySQL 的错误 1235 拒绝，绝不猜测。`,
    "这条语句什么都没做，事务继续。“MySQL 对照”页列出了所有没有模拟的功能。",
  ],
  error: (errno, isAlone) =>
    (isAlone ? ALONE[errno] : undefined) ??
    ERRORS[errno] ?? [isAlone ? ENDS_ALONE : "撤销这条语句自己的修改；事务继续。"],
};

const ENDS_ALONE =
  "撤销这条语句自己的修改。自动提交时一条语句就是一个事务：它随之结束，什么锁也不留。";

const ALONE: Readonly<Record<number, readonly string[]>> = {
  1062: [`唯一索引里已有一条同键且没有删除标记的记录。${ENDS_ALONE}`],
  1205: [`等待达到了 innodb_lock_wait_timeout 秒。${ENDS_ALONE}`],
  1317: [`KILL QUERY 中止了这条语句。${ENDS_ALONE}`],
};

const ERRORS: Readonly<Record<number, readonly string[]>> = {
  1062: [
    "唯一索引里已有一条同键且没有删除标记的记录。语句被回滚，事务和它的锁留着，检查重复时加的锁也留着。",
  ],
  1064: ["解析器读不懂这条语句，什么都没有执行。"],
  1205: [
    "等待达到了 innodb_lock_wait_timeout 秒。只回滚这条语句（除非打开了 innodb_rollback_on_timeout）；事务带着它的锁继续。",
  ],
  1213: ["这个事务被选为死锁的牺牲者：整个事务回滚，锁全部释放。请从头再执行一遍。"],
  1451: ["还有子表的行引用这一行；没有 ON DELETE 或 ON UPDATE 动作时不能动它。"],
  1452: ["没有父表的行具有子表引用的键值。"],
  3572: ["锁不能立即得到，而 NOWAIT 要求不等待。"],
  1317: ["KILL QUERY 中止了这条语句；它的修改被撤销，事务还在。"],
};
