/**
 * How the columns of the tables that people look at are declared: what DESCRIBE and SHOW COLUMNS print of them. The executor
 * computes with the types of `SchemaTable.columns`.
 *
 * MySQL: SHOW COLUMNS of a 9.7.4 server.
 */

export interface DeclaredColumn {
  readonly type: string;
  readonly nullable: boolean;
  readonly key: string;
  readonly default: string | null;
}

const EVENTS_TRANSACTIONS =
  "bigint unsigned! PRI; bigint unsigned! PRI; bigint unsigned; varchar(128)!; " +
  "enum('ACTIVE','COMMITTED','ROLLED BACK'); bigint unsigned; varchar(90); int; varchar(130); " +
  "varchar(130); varchar(64); varchar(64); bigint unsigned; bigint unsigned; bigint unsigned; " +
  "enum('READ ONLY','READ WRITE'); varchar(64); enum('YES','NO')!; bigint unsigned; " +
  "bigint unsigned; bigint unsigned; bigint unsigned; bigint unsigned; " +
  "enum('TRANSACTION','STATEMENT','STAGE','WAIT')";

/** In the order of the columns: the type, `!` when NOT NULL, the key, `=` and the default. */
const DECLARED: Readonly<Record<string, string>> = {
  "performance_schema.data_locks":
    "varchar(32)! PRI; varchar(128)! PRI; bigint unsigned MUL; bigint unsigned MUL; " +
    "bigint unsigned; varchar(64) MUL; varchar(64); varchar(64); varchar(64); varchar(64); " +
    "bigint unsigned!; varchar(32)!; varchar(32)!; varchar(32)!; varchar(8192)",
  "performance_schema.data_lock_waits":
    "varchar(32)! PRI; varchar(128)! PRI; bigint unsigned MUL; bigint unsigned MUL; " +
    "bigint unsigned; bigint unsigned!; varchar(128)! PRI; bigint unsigned MUL; " +
    "bigint unsigned MUL; bigint unsigned; bigint unsigned!",
  "performance_schema.metadata_locks":
    "varchar(64)! MUL; varchar(64); varchar(64); varchar(64); bigint unsigned! PRI; varchar(32)!; " +
    "varchar(32)!; varchar(32)!; varchar(64); bigint unsigned MUL; bigint unsigned",
  "performance_schema.threads":
    "bigint unsigned! PRI; varchar(128)! MUL; varchar(10)!; bigint unsigned MUL; varchar(32) MUL; " +
    "varchar(255) MUL; varchar(64); varchar(16); bigint; varchar(64); longtext; bigint unsigned; " +
    "varchar(64); enum('YES','NO')!; enum('YES','NO')!; varchar(16); bigint unsigned MUL; " +
    "varchar(64) MUL; enum('PRIMARY','SECONDARY'); bigint unsigned!; bigint unsigned!; " +
    "bigint unsigned!; bigint unsigned!; enum('YES','NO')!",
  "performance_schema.processlist":
    "bigint unsigned! PRI; varchar(32); varchar(261); varchar(64); varchar(16); bigint; " +
    "varchar(64); longtext; enum('PRIMARY','SECONDARY')",
  "performance_schema.global_status": "varchar(64)! PRI; varchar(1024)",
  "performance_schema.session_status": "varchar(64)! PRI; varchar(1024)",
  "performance_schema.global_variables": "varchar(64)! PRI; varchar(1024)",
  "performance_schema.session_variables": "varchar(64)! PRI; varchar(1024)",
  "information_schema.innodb_trx":
    "bigint unsigned!=; varchar(13)!=; datetime!=; varchar(126)=; datetime=; bigint unsigned!=; " +
    "bigint unsigned!=; varchar(1024)=; varchar(64)=; bigint unsigned!=; bigint unsigned!=; " +
    "bigint unsigned!=; bigint unsigned!=; bigint unsigned!=; bigint unsigned!=; bigint unsigned!=; " +
    "varchar(16)!=; int!=; int!=; varchar(256)=; int!=; bigint unsigned!=; int!=; int!=; " +
    "bigint unsigned=",
  "information_schema.innodb_metrics":
    "varchar(193)!=; varchar(193)!=; bigint!=; bigint=; bigint=; float(12,0)=; bigint!=; bigint=; " +
    "bigint=; float(12,0)=; datetime=; datetime=; bigint=; datetime=; varchar(193)!=; " +
    "varchar(193)!=; varchar(193)!=",
  "information_schema.processlist":
    "bigint unsigned!=; varchar(32)!=; varchar(261)!=; varchar(64)=; varchar(16)!=; int!=; " +
    "varchar(64)=; varchar(65535)=",
  "information_schema.tables":
    "varchar(64)!; varchar(64)!; varchar(64)!; enum('BASE TABLE','VIEW','SYSTEM VIEW')!; " +
    "varchar(64); int; enum('Fixed','Dynamic','Compressed','Redundant','Compact','Paged'); " +
    "bigint unsigned; bigint unsigned; bigint unsigned; bigint unsigned; bigint unsigned; " +
    "bigint unsigned; bigint unsigned; timestamp!; datetime; datetime; varchar(64); bigint; " +
    "varchar(256); text",
  "information_schema.columns":
    "varchar(64)!; varchar(64)!; varchar(64)!; varchar(64); int unsigned!; text; varchar(3)!=; " +
    "longtext; bigint; bigint; bigint unsigned; bigint unsigned; int unsigned; varchar(64); " +
    "varchar(64); mediumtext!; enum('','PRI','UNI','MUL')!; varchar(256); varchar(154); text!; " +
    "longtext!; int unsigned",
  "information_schema.statistics":
    "varchar(64)!; varchar(64)!; varchar(64)!; int!=0; varchar(64)!; varchar(64); int unsigned!; " +
    "varchar(64); varchar(1); bigint; bigint; varbinary(0); varchar(3)!=; varchar(11)!=; " +
    "varchar(8)!=; varchar(2048)!; varchar(3)!=; longtext",
  "mysql.innodb_table_stats":
    "varchar(64)! PRI; varchar(199)! PRI; timestamp!=CURRENT_TIMESTAMP; bigint unsigned!; " +
    "bigint unsigned!; bigint unsigned!",
  "mysql.innodb_index_stats":
    "varchar(64)! PRI; varchar(199)! PRI; varchar(64)! PRI; timestamp!=CURRENT_TIMESTAMP; " +
    "varchar(64)! PRI; bigint unsigned!; bigint unsigned; varchar(1024)!",
  "performance_schema.setup_consumers": "varchar(64)! PRI; enum('YES','NO')!",
  "performance_schema.setup_instruments":
    "varchar(128)! PRI; enum('YES','NO')!; enum('YES','NO'); set('singleton','progress','user'," +
    "'global_statistics','mutable','controlled_by_default')!; set('controlled'); int!; longtext",
  "performance_schema.events_transactions_current": EVENTS_TRANSACTIONS,
  "performance_schema.events_transactions_history": EVENTS_TRANSACTIONS,
  "sys.innodb_lock_waits":
    "datetime; time; bigint; mediumtext; varchar(64); varchar(64); varchar(64); varchar(64); " +
    "varchar(64); varchar(32)!; bigint unsigned!=0; datetime!=0000-00-00 00:00:00; time; " +
    "bigint unsigned!=0; bigint unsigned!=0; bigint unsigned!=0; longtext; varchar(128)!; " +
    "varchar(32)!; bigint unsigned!=0; bigint unsigned!=0; longtext; varchar(128)!; varchar(32)!; " +
    "datetime!=0000-00-00 00:00:00; time; bigint unsigned!=0; bigint unsigned!=0; varchar(33)!=; " +
    "varchar(27)!=",
  "sys.schema_table_lock_waits":
    "varchar(64); varchar(64); bigint unsigned!; bigint unsigned; text; varchar(32)!; varchar(32)!; " +
    "longtext; bigint; bigint unsigned; bigint unsigned; bigint unsigned!; bigint unsigned; text; " +
    "varchar(32)!; varchar(32)!; varchar(31); varchar(25)",
};

export function declaredColumns(schema: string, name: string): readonly DeclaredColumn[] | null {
  const text = DECLARED[`${schema}.${name.toLowerCase()}`];
  return text === undefined ? null : text.split("; ").map(declared);
}

function declared(text: string): DeclaredColumn {
  const at = text.indexOf("=");
  const left = at < 0 ? text : text.slice(0, at);
  const [, type = "", required = "", key = ""] = /^(.*?)(!?)( PRI| MUL)?$/.exec(left) ?? [];
  return {
    type,
    nullable: required === "",
    key: key.trim(),
    default: at < 0 ? null : text.slice(at + 1),
  };
}
