/** ALTER TABLE ... DISABLE KEYS is MyISAM's: InnoDB notes it, as MySQL 9.7.4 did. */
import { expect, it } from "vitest";
import { Simulation } from "../../src/server/simulation.ts";
import type { SessionName } from "../../src/trace/ids.ts";

it.each(["DISABLE", "ENABLE"])("%s KEYS leaves note 1031", (word) => {
  const simulation = new Simulation({ emit: () => {} });
  simulation.setup(["CREATE TABLE dk (id INT PRIMARY KEY, a INT, KEY (a))"]);
  const session = "A" as SessionName;
  const { outcome } = simulation.step({ session, sql: `ALTER TABLE dk ${word} KEYS` });
  expect(outcome).toMatchObject({ kind: "ok", warnings: 1 });
  expect(simulation.step({ session, sql: "SHOW WARNINGS" }).outcome).toMatchObject({
    rows: [["Note", "1031", "Table storage engine for 'dk' doesn't have this option"]],
  });
});
