/** What the simulated server cannot do, in groups, as the page names it. */
import {
  MISSING_FUNCTIONS,
  MISSING_PARTS,
  MISSING_SHOWS,
  MISSING_STATEMENTS,
  MISSING_TYPES,
  type MissingPart,
} from "../../base/not_simulated.ts";
import type { Language } from "../../store/preferences.ts";

export interface MissingGroup {
  readonly name: string;
  readonly items: readonly string[];
}

const NAMES = {
  en: {
    parts: "Parts of statements",
    types: "Columns of these types",
    statements: "Statements that begin so",
    functions: "Functions, and all spatial ones (ST_...)",
  },
  zh: {
    parts: "语句的部分",
    types: "这些类型的列",
    statements: "这样开头的语句",
    functions: "函数，以及所有空间函数（ST_...）",
  },
} as const;

/** Parts whose names are words and not SQL. */
const CHINESE_PARTS: Readonly<Partial<Record<MissingPart, string>>> = {
  "ALTER TABLE for partitions and tablespaces": "ALTER TABLE 的分区与表空间部分",
  "COLLATE of most collations": "COLLATE 的大多数排序规则",
  "DEFAULT here": "某些位置的 DEFAULT",
  "DEFAULT of a column without a table": "没有表的列的 DEFAULT",
  "defaults that are not literals, without parentheses": "不带括号的非字面量默认值",
  "EXPLAIN FORMAT=TREE of this statement": "某些语句的 EXPLAIN FORMAT=TREE",
  "FULLTEXT keys": "FULLTEXT 全文索引",
  "functional key parts": "函数索引（键里的表达式）",
  "JSON_VALUE with RETURNING or ON": "带 RETURNING 或 ON 的 JSON_VALUE",
  "parameters outside prepared statements": "预处理语句之外的参数",
  "PARTITION BY": "PARTITION BY（分区）",
  "partition selection": "分区选择 PARTITION (...)",
  "SET DEFAULT of a foreign key": "外键的 SET DEFAULT",
  "SHOW CREATE TABLE of a system table": "系统表的 SHOW CREATE TABLE",
  "spatial functions": "空间函数",
  "SPATIAL keys": "SPATIAL 空间索引",
  "structured system variables": "结构化系统变量",
};

const ENGLISH_PARTS: Readonly<Partial<Record<MissingPart, string>>> = {
  "DEFAULT here": "DEFAULT in some places",
  "EXPLAIN FORMAT=TREE of this statement": "EXPLAIN FORMAT=TREE of some statements",
  "PARTITION BY": "PARTITION BY (partitions)",
};

export function missingGroups(language: Language): readonly MissingGroup[] {
  const names = NAMES[language];
  const parts = language === "zh" ? CHINESE_PARTS : ENGLISH_PARTS;
  const shows = MISSING_SHOWS.map((words) => `SHOW ${words.join(" ")}`);
  const statements = MISSING_STATEMENTS.map((words) => words.join(" "));
  return [
    { name: names.types, items: MISSING_TYPES.map((type) => type.toUpperCase()) },
    { name: names.parts, items: MISSING_PARTS.map((part) => parts[part] ?? part) },
    { name: names.statements, items: [...statements, ...shows] },
    { name: names.functions, items: MISSING_FUNCTIONS.map((name) => name.toUpperCase()) },
  ];
}
