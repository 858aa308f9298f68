/** Rows of information_schema.character_sets, .collations and .collation_character_set_applicability. */
import type { Datum } from "../../innodb/api.ts";
import { CHARACTER_SETS, COLLATIONS } from "./charset_data.ts";

export interface CharacterSet {
  readonly name: string;
  readonly defaultCollation: string;
  readonly bytesMax: number;
  readonly description: string;
}

export interface CollationRow {
  readonly name: string;
  readonly charset: string;
  readonly id: number;
  readonly isDefault: boolean;
  readonly sortLength: number;
  readonly pads: boolean;
}

/** In the server's own order. */
export const ALL_CHARACTER_SETS: readonly CharacterSet[] = CHARACTER_SETS.trim()
  .split("\n")
  .map((line) => {
    const [name = "", defaultCollation = "", bytesMax = "", description = ""] = line.split(" | ");
    return { name, defaultCollation, bytesMax: Number(bytesMax), description };
  });

export const ALL_COLLATIONS: readonly CollationRow[] = COLLATIONS.trim()
  .replaceAll(",\n", ",")
  .split("\n")
  .flatMap((line) => {
    const [charset = "", list = ""] = line.split(":");
    const known = ALL_CHARACTER_SETS.find(({ name }) => name === charset);
    return list.split(",").map((entry): CollationRow => {
      const [suffix = "", id = "", sortLength = "", pad] = entry.trim().split(" ");
      const name = suffix === "=" ? charset : `${charset}_${suffix}`;
      const isDefault = known?.defaultCollation === name;
      return {
        name,
        charset,
        id: Number(id),
        isDefault,
        sortLength: Number(sortLength),
        pads: pad !== "N",
      };
    });
  });

export function characterSetRows(): Datum[][] {
  return ALL_CHARACTER_SETS.map((set) => [
    set.name,
    set.defaultCollation,
    set.description,
    set.bytesMax,
  ]);
}

export function collationRows(): Datum[][] {
  return ALL_COLLATIONS.map(({ name, charset, id, isDefault, sortLength, pads }) => [
    name,
    charset,
    id,
    isDefault ? "Yes" : "",
    "Yes",
    sortLength,
    pads ? "PAD SPACE" : "NO PAD",
  ]);
}

export function applicabilityRows(): Datum[][] {
  return ALL_COLLATIONS.map(({ name, charset }) => [name, charset]);
}
