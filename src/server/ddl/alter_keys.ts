/** The actions of ALTER TABLE on keys and constraints that are there. MySQL: mysql_prepare_alter_table, prepare_alter_index. */
import { unreachable } from "../../base/assert.ts";
import type { AlterAction } from "../../sql/ast_table.ts";
import { sameName } from "../catalog/names.ts";
import { mysqlError } from "../errors.ts";
import type { Work } from "./alter_actions.ts";
import type { DraftTable } from "./table_definition.ts";

export function dropKey(work: Work, action: Extract<AlterAction, { kind: "dropKey" }>): void {
  const { draft } = work;
  const name = action.name?.text ?? "PRIMARY";
  const keys = draft.keys.filter((key) => !sameName(key.name, name));
  const foreignKeys = draft.foreignKeys.filter((key) => !sameName(key.name, name));
  const checks = draft.checks.filter((check) => !sameName(check.name, name));
  const isKey = keys.length < draft.keys.length;
  const isForeignKey = foreignKeys.length < draft.foreignKeys.length;
  const isCheck = checks.length < draft.checks.length;
  switch (action.type) {
    case "primary":
    case "index":
      if (!isKey && !work.oldKeys.some((key) => sameName(key.name, name)))
        throw mysqlError("ER_CANT_DROP_FIELD_OR_KEY", name);
      draft.keys = keys;
      return;
    case "foreignKey":
      if (draft.engine !== "InnoDB") return;
      if (!isForeignKey) throw mysqlError("ER_CANT_DROP_FIELD_OR_KEY", name);
      draft.foreignKeys = foreignKeys;
      return;
    case "check":
      if (!isCheck) throw mysqlError("ER_CHECK_CONSTRAINT_NOT_FOUND", name);
      draft.checks = checks;
      return;
    case "constraint":
      if (isForeignKey) draft.foreignKeys = foreignKeys;
      else if (isCheck) draft.checks = checks;
      else if (isKey) draft.keys = keys;
      else throw mysqlError("ER_CONSTRAINT_NOT_FOUND", name);
      return;
    default:
      unreachable(action.type);
  }
}

export function renameKey(work: Work, oldName: string, name: string): void {
  const { draft, renamedKeys } = work;
  if (!draft.keys.some((key) => sameName(key.name, oldName))) {
    throw mysqlError("ER_KEY_DOES_NOT_EXITS", oldName, draft.name);
  }
  if (draft.keys.some((key) => sameName(key.name, name))) throw mysqlError("ER_DUP_KEYNAME", name);
  draft.keys = draft.keys.map((key) => {
    if (!sameName(key.name, oldName)) return key;
    renamedKeys.set(name, renamedKeys.get(key.name) ?? key.name);
    return { ...key, name };
  });
}

/** Throws 1176. */
export function setVisible(draft: DraftTable, name: string, isVisible: boolean): void {
  if (!draft.keys.some((key) => sameName(key.name, name))) {
    throw mysqlError("ER_KEY_DOES_NOT_EXITS", name, draft.name);
  }
  draft.keys = draft.keys.map((key) =>
    sameName(key.name, name) ? { ...key, isInvisible: !isVisible } : key,
  );
}
