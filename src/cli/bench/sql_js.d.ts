/** What the benchmark uses of sql.js, which brings no types. */
declare module "sql.js" {
  interface SqlJsDatabase {
    exec(sql: string): unknown;
  }
  function initSqlJs(): Promise<{ readonly Database: new () => SqlJsDatabase }>;
  export = initSqlJs;
}
