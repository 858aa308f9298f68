/** What a lock does to others, said when it is pointed at: in both languages. */
import type { Language } from "../../store/preferences.ts";
import type { MdlMode } from "../../trace/state.ts";
import type { LockText } from "./pointed_words.ts";

const en = {
  lock: (lock: LockText): string => {
    const others = lock.mode === "X" ? "read it with a lock or change it" : "change it";
    switch (lock.kind) {
      case "record":
        return `Others cannot ${others}; inserts beside it are free.`;
      case "gap":
        return "Others cannot insert there. This lock leaves the record itself alone.";
      case "nextKey":
        return lock.isSupremum
          ? "Others cannot insert there."
          : `Others cannot ${others}, nor insert into the gap.`;
      case "insertIntention":
        return "It holds back nobody; it shows that an insert waited here.";
    }
  },
  tableLock: {
    IS: "It says: I hold or will take shared record locks in here.",
    IX: "It says: I hold or will take exclusive record locks in here.",
    S: "Others may read the table and not write to it.",
    X: "Nobody else may take any lock in the table.",
    AUTO_INC: "Held while AUTO_INCREMENT values are given out.",
  },
  /** What the mode is for, and whom it keeps out. */
  mdl: {
    INTENTION_EXCLUSIVE: "Says that something below it will change; it stops only a global lock.",
    SHARED: "Looks at the table's definition, not at its rows.",
    SHARED_HIGH_PRIO: "Looks at the definition without queueing behind waiting DDL.",
    SHARED_READ: "Reads rows: others read and write too, but nobody can change the definition.",
    SHARED_WRITE: "Writes rows: others read and write too, but nobody can change the definition.",
    SHARED_WRITE_LOW_PRIO: "Writes rows, and lets read-only locks go first.",
    SHARED_UPGRADABLE: "Prepares a change of the definition; rows can still be read and written.",
    SHARED_READ_ONLY: "LOCK TABLES ... READ: everybody may read, nobody may write.",
    SHARED_NO_WRITE: "Part of a change of the definition: others may read, not write.",
    SHARED_NO_READ_WRITE: "LOCK TABLES ... WRITE: others may neither read nor write.",
    EXCLUSIVE: "Changes or drops the table: nobody else may use it meanwhile.",
  } satisfies Record<MdlMode, string>,
};

const zh: typeof en = {
  lock: (lock) => {
    const others = lock.mode === "X" ? "不能对它加锁读，也不能修改它" : "不能修改它";
    switch (lock.kind) {
      case "record":
        return `别的会话${others}；在它旁边插入不受影响。`;
      case "gap":
        return "别的会话不能在这里插入；这把锁不锁记录本身。";
      case "nextKey":
        return lock.isSupremum
          ? "别的会话不能在这里插入。"
          : `别的会话${others}，也不能在间隙里插入。`;
      case "insertIntention":
        return "它不阻挡任何人，只说明有一次插入在这里等过。";
    }
  },
  tableLock: {
    IS: "意思是：我在表里已经或将要加共享行锁。",
    IX: "意思是：我在表里已经或将要加排他行锁。",
    S: "别的会话可以读这张表，不能写。",
    X: "别的会话不能在这张表里加任何锁。",
    AUTO_INC: "分配 AUTO_INCREMENT 值期间持有。",
  },
  mdl: {
    INTENTION_EXCLUSIVE: "表示下面有对象要修改；只与全局锁冲突。",
    SHARED: "只看表定义，不看行。",
    SHARED_HIGH_PRIO: "查看表定义，不排在等待的 DDL 后面。",
    SHARED_READ: "读行：别的会话也能读写，但谁也不能改表定义。",
    SHARED_WRITE: "写行：别的会话也能读写，但谁也不能改表定义。",
    SHARED_WRITE_LOW_PRIO: "写行，并让只读锁先行。",
    SHARED_UPGRADABLE: "准备修改表定义；行仍然可以读写。",
    SHARED_READ_ONLY: "LOCK TABLES ... READ：大家都能读，谁也不能写。",
    SHARED_NO_WRITE: "修改表定义的一步：别的会话能读，不能写。",
    SHARED_NO_READ_WRITE: "LOCK TABLES ... WRITE：别的会话既不能读也不能写。",
    EXCLUSIVE: "修改或删除表：期间别的会话都不能使用它。",
  },
};

export function effectWords(language: Language): typeof en {
  return language === "zh" ? zh : en;
}
