/** ON DELETE and ON UPDATE of a foreign key as the storage engine knows them. */
import type { ForeignKeyDef } from "../../innodb/api.ts";
import type { ReferenceAction } from "../../sql/ast_table.ts";
import { notSupported } from "../errors.ts";

export function referenceRule(action: ReferenceAction | null): ForeignKeyDef["onDelete"] {
  switch (action) {
    case "cascade":
      return "CASCADE";
    case "setNull":
      return "SET NULL";
    case "restrict":
      return "RESTRICT";
    case "setDefault":
      throw notSupported("SET DEFAULT of a foreign key");
    case "noAction":
    case null:
      return "NO ACTION";
  }
}
