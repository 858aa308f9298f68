/** Names and conditions as EXPLAIN's tree writes them: without the schema, and without quotes that are not needed. */
import { isKeyword } from "../../../sql/keywords.ts";
import type { Item } from "../../expr/item.ts";

export function nameText(name: string): string {
  const isPlain = /^[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*$/.test(name);
  return isPlain && !isKeyword(name.toUpperCase()) ? name : `\`${name.replaceAll("`", "``")}\``;
}

/** `sim`.`t`.`a` becomes t.a */
export function itemText(item: Item): string {
  const names = /`((?:[^`]|``)+)`(?:\.`((?:[^`]|``)+)`)?(?:\.`((?:[^`]|``)+)`)?/g;
  return item.text().replace(names, (_, ...found) => {
    const parts = found.slice(0, 3).filter((part): part is string => typeof part === "string");
    const shown = parts.length === 3 ? parts.slice(1) : parts;
    return shown.map((part) => nameText(part.replaceAll("``", "`"))).join(".");
  });
}

export function conditionsText(conditions: readonly Item[]): string {
  const texts = conditions.flatMap((item) =>
    item.shape.kind === "and" && conditions.length > 1
      ? item.shape.args.map(itemText)
      : [itemText(item)],
  );
  return texts.length === 1 ? (texts[0] ?? "") : `(${texts.join(" and ")})`;
}
