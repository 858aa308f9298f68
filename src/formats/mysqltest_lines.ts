/**
 * A mysqltest script cut into commands as the program cuts it: `--command` to the end of the line, `#` comments, and all
 * else up to the delimiter, outside of quotes. `if` and `while` with their braces are one piece, as is a here-document.
 */

export interface MysqltestPiece {
  /** "command" when its first word is one of mysqltest's; else SQL. */
  readonly kind: "command" | "sql" | "block";
  /** The command's name in lower case; "" for SQL. */
  readonly name: string;
  /** What follows the name; or the SQL. */
  readonly text: string;
  readonly line: number;
}

/** Commands that make a difference to us, and those that make none. */
const COMMANDS = new Set(
  (
    "append_file assert cat_file change_user character_set chmod connect connection copy_file copy_files_wildcard dec " +
    "delimiter die diff_files dirty_close disable_abort_on_error disable_async_client disable_connect_log disable_info " +
    "disable_metadata disable_ps_protocol disable_query_log disable_reconnect disable_result_log disable_session_track_info " +
    "disable_testcase disable_view_protocol disable_cursor_protocol disable_ps2_protocol enable_view_protocol " +
    "enable_cursor_protocol enable_ps2_protocol disable_warnings disconnect echo enable_abort_on_error enable_async_client " +
    "enable_connect_log enable_info enable_metadata enable_ps_protocol enable_query_log enable_reconnect enable_result_log " +
    "enable_session_track_info enable_testcase enable_warnings end error eval exec exec_in_background execw exit expr " +
    "file_exists force-cpdir force-rmdir horizontal_results if inc let list_files list_files_append_file " +
    "list_files_write_file lowercase_result mkdir move_file output partially_sorted_result perl ping query query_attributes " +
    "query_get_value query_horizontal query_vertical real_sleep reap remove_file remove_files_wildcard replace_column " +
    "replace_numeric_round replace_regex replace_result reset_connection result_format rmdir save_master_pos send send_eval " +
    "send_quit send_shutdown shutdown_server skip skip_if_hypergraph sleep sorted_result source start_timer " +
    "sync_slave_with_master sync_with_master vertical_results while write_file"
  ).split(" "),
);
const HERE_DOCUMENTS = new Set(["perl", "write_file", "append_file"]);

/** Never throws: what is not closed goes on to the end. */
export function mysqltestPieces(text: string): readonly MysqltestPiece[] {
  const pieces: MysqltestPiece[] = [];
  let delimiter = ";";
  let line = 1;
  let at = 0;
  const upTo = (end: number): void => {
    line += text.slice(at, end).split("\n").length - 1;
    at = end;
  };
  while (at < text.length) {
    const blank = /\s*/y;
    blank.lastIndex = at;
    upTo(at + (blank.exec(text)?.[0].length ?? 0));
    if (at >= text.length) break;
    const start = at;
    const startLine = line;
    const lineEnd = endOfLine(text, at);
    if (text.charAt(at) === "#") {
      upTo(lineEnd);
      continue;
    }
    if (text.charAt(at) === "}") {
      upTo(at + 1);
      continue;
    }
    if (text.startsWith("--", at)) {
      const words = text.slice(at + 2, lineEnd).trim();
      const name = nameOf(words);
      // As mysqltest does: what is no command behind two dashes is a comment.
      const known = COMMANDS.has(name);
      if (known && HERE_DOCUMENTS.has(name)) {
        upTo(endOfDocument(text, lineEnd, words));
        pieces.push({ kind: "block", name, text: words, line: startLine });
        continue;
      }
      if (name === "delimiter") delimiter = words.slice(9).trim() || ";";
      upTo(lineEnd);
      if (known) {
        const rest = words.slice(name.length).replace(/;\s*$/, "").trim();
        pieces.push({ kind: "command", name, text: rest, line: startLine });
      }
      continue;
    }
    const block = /(if|while)\s*\(/iy;
    block.lastIndex = at;
    if (block.test(text)) {
      upTo(endOfBraces(text, at));
      pieces.push({
        kind: "block",
        name: "if",
        text: text.slice(start, Math.min(lineEnd, at)),
        line: startLine,
      });
      continue;
    }
    const end = endOfStatement(text, at, delimiter);
    const body = text.slice(at, end).trim();
    const name = nameOf(body);
    upTo(end + (text.startsWith(delimiter, end) ? delimiter.length : 0));
    if (HERE_DOCUMENTS.has(name)) {
      upTo(endOfDocument(text, endOfLine(text, at), body));
      pieces.push({ kind: "block", name, text: body, line: startLine });
    } else if (name === "delimiter") {
      delimiter = body.slice(9).trim() || ";";
    } else if (COMMANDS.has(name)) {
      pieces.push({ kind: "command", name, text: body.slice(name.length).trim(), line: startLine });
    } else if (body !== "") {
      pieces.push({ kind: "sql", name: "", text: withoutComments(body), line: startLine });
    }
    if (end >= text.length) break;
  }
  return pieces;
}

function nameOf(words: string): string {
  return /^[A-Za-z_][\w-]*/.exec(words)?.[0].toLowerCase() ?? "";
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** mysqltest drops lines that begin with # also within a statement. */
function withoutComments(sql: string): string {
  return sql.replace(/^\s*#.*$/gm, "").trim();
}

function endOfStatement(text: string, from: number, delimiter: string): number {
  let quote = "";
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== "") {
      if (character === "\\" && quote !== "`") at += 1;
      else if (character === quote) quote = "";
    } else if (character === "#" && /(^|\n)\s*$/.test(text.slice(Math.max(0, at - 80), at))) {
      at = endOfLine(text, at);
    } else if (text.startsWith("/*", at)) {
      const end = text.indexOf("*/", at);
      at = end < 0 ? text.length : end + 1;
    } else if (character === "'" || character === '"' || character === "`") quote = character;
    else if (text.startsWith(delimiter, at)) return at;
  }
  return text.length;
}

/** Behind the line that holds nothing but the mark; "EOF" when none is named. */
function endOfDocument(text: string, from: number, command: string): number {
  const mark = command.split(/\s+/).slice(1).at(-1)?.replace(/;$/, "") ?? "EOF";
  for (const wanted of [mark, "EOF"]) {
    const found = new RegExp(`^${wanted.replace(/[^\w]/g, "\\$&")};?\\s*$`, "m").exec(
      text.slice(from),
    );
    if (found !== null) return from + found.index + found[0].length;
  }
  return text.length;
}

function endOfBraces(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text.charAt(at) === "{") depth += 1;
    if (text.charAt(at) !== "}") continue;
    depth -= 1;
    if (depth <= 0) return at + 1;
  }
  return text.length;
}
