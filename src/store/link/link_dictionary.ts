/**
 * What links of version 1 refer back to instead of carrying it: the words that scenarios are made of, the likeliest
 * last. Links that stand in people's posts were made with exactly these bytes: never change them. A better dictionary
 * is a new version beside this one.
 */
export const DICTIONARY_1 = [
  '"fetchSize":,"rowMs":,"bandwidthBytesPerS":,"receiveBufferBytes":,"sendBufferBytes":,"latencyMs":,"api":"mysql_use_result"',
  '"memoryLimitBytes":,"fetch":"manual","pauseAtRow":,"pauseMs":,"storeFirst":true,"query":"SELECT SLEEP(1)","client":{',
  "pymysql.SSCursor MySQLdb.SSDictCursor fetchone fetchmany fetchall close",
  '"layouts":{"columns":{"sessions":36,"stage":64},"stage-locks":{"index":50,"middle":30,"below":20},"middle-locks":{"versions":52,"waits":48}}',
  '"stage-waits":{"index":35,"middle":47,"below":18},"stage-versions-first":{"versions":76,"rest":24},"rest":{"index":46,"below":54}',
  '"selection":{"kind":"version","rec":,"id":{"kind":"lock","id":{"kind":"rec","id":{"kind":"gap","id":{"kind":"trx","id":',
  "LOCK TABLES t READ, t WRITE;UNLOCK TABLES;FLUSH TABLES WITH READ LOCK;SHOW PROCESSLIST;SHOW ENGINE INNODB STATUS;KILL QUERY ",
  "SELECT * FROM performance_schema.data_locks;SELECT * FROM performance_schema.metadata_locks;information_schema.innodb_trx",
  "ALTER TABLE t ADD COLUMN ;DROP TABLE t;TRUNCATE TABLE t;CREATE UNIQUE INDEX ON ;EXPLAIN SELECT ;@disconnect",
  "ON DUPLICATE KEY UPDATE c = c + 1;INSERT IGNORE INTO ;REPLACE INTO ;INSERT INTO t SELECT * FROM ",
  "SET SESSION innodb_lock_wait_timeout = 1;SET autocommit = 0;SAVEPOINT a;ROLLBACK TO SAVEPOINT a;",
  "START TRANSACTION WITH CONSISTENT SNAPSHOT;START TRANSACTION READ ONLY;FOR UPDATE SKIP LOCKED;FOR UPDATE NOWAIT;LOCK IN SHARE MODE;",
  "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ;SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED;",
  "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE;SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;",
  "CREATE TABLE accounts (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) DEFAULT NULL, balance BIGINT UNSIGNED, FOREIGN KEY (parent_id) REFERENCES ",
  "WHERE id BETWEEN 5 AND 10;WHERE id > 10 AND id <= 15;WHERE c >= 5 AND c < 11;WHERE id IN (1, 5);ORDER BY id DESC LIMIT 1;GROUP BY ",
  "SELECT id FROM t WHERE c = 5 FOR SHARE;SELECT COUNT(*) FROM t;DELETE FROM t WHERE id = 10;",
  "UPDATE t SET d = d + 1 WHERE id = 5;UPDATE t SET c = 100 WHERE id = 1;INSERT INTO t VALUES (1, 1, 5);INSERT INTO t (id, c) VALUES (7, 7);",
  "SELECT * FROM t;SELECT * FROM t WHERE id = 1;SELECT * FROM t WHERE d = 5 FOR UPDATE;ROLLBACK;COMMIT;BEGIN;",
  '{"lesson":"gap-locks-rc","id":"deadlock","title":"","sessions":"ABCD","texts":{"A":"BEGIN;\\n","B":"BEGIN;\\n","C":"","D":""},"position":12,"language":"zh"',
  '"setup":["CREATE TABLE t (id INT NOT NULL, c INT, d INT, PRIMARY KEY (id), KEY c (c), UNIQUE KEY u (u)) ENGINE=InnoDB",',
  '"INSERT INTO t VALUES (0,0,0),(5,5,5),(10,10,10),(15,15,15),(20,20,20),(25,25,25)"],',
  '"steps":["BBEGIN","ASELECT * FROM t WHERE id = 5 FOR UPDATE","BINSERT INTO t VALUES (","AUPDATE t SET ","CBEGIN","BCOMMIT","ACOMMIT","ABEGIN","',
].join("");
