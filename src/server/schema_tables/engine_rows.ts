/** The storage engines of the server, as SHOW ENGINES and information_schema.engines list them (a 9.7.4 as it comes). */

type EngineRow = readonly [
  engine: string,
  support: string,
  comment: string,
  transactions: string | null,
  xa: string | null,
  savepoints: string | null,
];

export const ENGINE_ROWS: readonly EngineRow[] = [
  ["ndbcluster", "NO", "Clustered, fault-tolerant tables", null, null, null],
  ["MEMORY", "YES", "Hash based, stored in memory, useful for temporary tables", "NO", "NO", "NO"],
  [
    "InnoDB",
    "DEFAULT",
    "Supports transactions, row-level locking, and foreign keys",
    "YES",
    "YES",
    "YES",
  ],
  ["PERFORMANCE_SCHEMA", "YES", "Performance Schema", "NO", "NO", "NO"],
  ["MyISAM", "YES", "MyISAM storage engine", "NO", "NO", "NO"],
  ["FEDERATED", "NO", "Federated MySQL storage engine", null, null, null],
  ["ndbinfo", "NO", "MySQL Cluster system information storage engine", null, null, null],
  ["MRG_MYISAM", "YES", "Collection of identical MyISAM tables", "NO", "NO", "NO"],
  [
    "BLACKHOLE",
    "YES",
    "/dev/null storage engine (anything you write to it disappears)",
    "NO",
    "NO",
    "NO",
  ],
  ["CSV", "YES", "CSV storage engine", "NO", "NO", "NO"],
  ["ARCHIVE", "YES", "Archive storage engine", "NO", "NO", "NO"],
];
