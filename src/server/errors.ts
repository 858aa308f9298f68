/**
 * MySQL's errors and warnings, made from their templates.
 *
 * MySQL: my_error().
 */
import type { MissingPart } from "../base/not_simulated.ts";
import { COMMON_ERRORS } from "./common_errors.ts";
import { type MysqlError, MysqlFailure, type Warning } from "./context.ts";
import { type RareErrorName, rareError } from "./error_table.ts";

type CommonErrorName = keyof typeof COMMON_ERRORS;
export type ErrorName = CommonErrorName | RareErrorName;

/** The error as something to throw. Arguments fill the template's places in order. */
export function mysqlError(name: ErrorName, ...args: readonly (string | number)[]): MysqlFailure {
  return new MysqlFailure(mysqlErrorValue(name, ...args));
}

/** What super_read_only answers to changes. */
export function superReadOnlyError(): MysqlFailure {
  return mysqlError("ER_OPTION_PREVENTS_STATEMENT", "--super-read-only");
}

/** The error as plain data. */
export function mysqlErrorValue(
  name: ErrorName,
  ...args: readonly (string | number)[]
): MysqlError {
  const [errno, sqlState, template] = isCommon(name) ? COMMON_ERRORS[name] : rareError(name);
  return { errno, sqlState, message: inUtf8mb3(formatMessage(template, args)) };
}

function isCommon(name: ErrorName): name is CommonErrorName {
  return Object.hasOwn(COMMON_ERRORS, name);
}

/** Messages are made in the system character set, which has no characters beyond U+FFFF. */
function inUtf8mb3(message: string): string {
  return message.replace(/[\u{10000}-\u{10ffff}]/gu, "?");
}

/** A row of SHOW WARNINGS. */
export function mysqlWarning(
  level: Warning["level"],
  name: ErrorName,
  ...args: readonly (string | number)[]
): Warning {
  const { errno, message } = mysqlErrorValue(name, ...args);
  return { level, errno, message };
}

/** A part of a statement that is valid in MySQL and not simulated. */
export function notSupported(part: MissingPart): MysqlFailure {
  return notSimulated(part);
}

/** The same for what stands in one of the other lists of `base/not_simulated.ts`. The page says that MySQL can do it. */
export function notSimulated(feature: string): MysqlFailure {
  return new MysqlFailure({
    ...mysqlErrorValue("ER_NOT_SUPPORTED_YET", feature),
    notSimulated: feature,
  });
}

/**
 * MySQL: my_vsnprintf, as far as the templates need it: %s, %d, %u and a largest length as in %-.64s. Messages are made in
 * utf8mb3: a character beyond it is a question mark. An argument ends at its first NUL.
 */
function formatMessage(template: string, args: readonly (string | number)[]): string {
  let next = 0;
  return template.replace(/%-?(?:\.(\d+|\*))?([sdu])/g, (_all, precision: string | undefined) => {
    const given = String(args[next++] ?? "").split("\0", 1)[0] ?? "";
    const text = given.replace(/[\u{10000}-\u{10ffff}]/gu, "?");
    return precision === undefined || precision === "*" ? text : cutBytes(text, Number(precision));
  });
}

/** The first bytes of a text; those of a character that is cut in two are question marks. */
function cutBytes(text: string, most: number): string {
  if (text.length * 3 <= most) return text;
  let used = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
    if (used + size > most) return text.slice(0, at) + "?".repeat(most - used);
    used += size;
  }
  return text;
}
