/** Rows of information_schema.character_sets, .collations and .collation_character_set_applicability. */
import type { Datum } from "../../innodb/api.ts";
import { CHARACTER_SETS, COLLATIONS, LANGUAGES_0900, UCA_LANGUAGES } from "./charset_data.ts";

interface CharacterSet {
  readonly name: string;
  readonly defaultCollation: string;
  readonly bytesMax: number;
  readonly description: string;
}

interface CollationRow {
  readonly name: string;
  readonly charset: string;
  readonly id: number;
  readonly isDefault: boolean;
  readonly sortLength: number;
  readonly pads: boolean;
}

/** In the server's own order. */
const ALL_CHARACTER_SETS: readonly CharacterSet[] = CHARACTER_SETS.trim()
  .split("\n")
  .map((line) => {
    const [name = "", suffix = "", bytesMax = "", description = ""] = line.split(" | ");
    const defaultCollation = collationOf(name, suffix);
    return { name, defaultCollation, bytesMax: Number(bytesMax), description };
  });

export const ALL_COLLATIONS: readonly CollationRow[] = COLLATIONS.trim()
  .replaceAll(",\n", ",")
  .split("\n")
  .flatMap((line) => {
    const [charset = "", list = ""] = line.split(":");
    const known = ALL_CHARACTER_SETS.find(({ name }) => name === charset);
    const languages = UCA_LANGUAGES.split(/\s+/).join("_ci, ");
    const written = list
      .replace(/UCA (\d+)/, `${languages.replace(",", " $1 8,")}_ci`)
      .replace(/0900 (\D\w+)/g, (_all, suffix: string) =>
        LANGUAGES_0900.replace(/\w+/g, `$&_0900_${suffix}`).replaceAll(" ", ","),
      );
    let [id, sortLength, pad] = [0, 1, ""];
    return written.split(",").map((entry): CollationRow => {
      const [suffix = "", ownId, ownLength = sortLength, ownPad = pad] = entry.trim().split(" ");
      const name = collationOf(charset, suffix);
      [id, sortLength, pad] = [Number(ownId ?? id + 1), Number(ownLength), ownPad];
      const isDefault = known?.defaultCollation === name;
      return { name, charset, id, isDefault, sortLength, pads: pad !== "N" };
    });
  });

function collationOf(charset: string, suffix: string): string {
  return suffix === "=" ? charset : `${charset}_${suffix}`;
}

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
