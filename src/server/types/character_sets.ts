/** What a collation's name says of its character set, and how many bytes a character of a column may take. */
import type { ColumnType } from "../../trace/values.ts";

/** By the collation: latin1_swedish_ci is one of latin1. */
export function charsetOf(collation: string): string {
  const end = collation.indexOf("_");
  return end < 0 ? collation : collation.slice(0, end);
}

/** Of a character set that is named in lower case. */
export function defaultCollation(charset: string): string {
  if (charset === "utf8mb4") return "utf8mb4_0900_ai_ci";
  if (charset === "binary") return charset;
  const languages =
    "swedish latin1 dec8 swe7,japanese cp932 eucjpms sjis ujis,chinese big5 gb18030 gb2312 gbk,korean euckr,english hp8,turkish latin5,thai tis620";
  const known = languages.split(",").find((line) => line.split(" ").includes(charset, 1));
  return `${charset}_${known?.replace(/ .*/, "") ?? "general"}_ci`;
}

export type TextType = Extract<ColumnType, { readonly collation: string }>;

/** The name under which a column's collation was declared. */
export function shownCollation(type: TextType): string {
  return type.declared ?? type.collation;
}

/** Of a character, at most. MySQL: CHARSET_INFO::mbmaxlen. */
export function characterBytes(type: ColumnType): number {
  if (!("collation" in type) || type.collation === "binary") return 1;
  return type.declared === undefined ? 4 : charsetBytes(charsetOf(type.declared));
}

function charsetBytes(charset: string): number {
  if (/^(utf8mb4|utf16|utf16le|utf32|gb18030)$/.test(charset)) return 4;
  if (/^(utf8mb3|ujis|eucjpms)$/.test(charset)) return 3;
  return /^(ucs2|big5|gbk|gb2312|sjis|cp932|euckr)$/.test(charset) ? 2 : 1;
}
