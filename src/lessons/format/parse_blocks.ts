/**
 * The blocks with a shape of their own: questions and rows of the matrix of anomalies.
 *
 *     ```ask                          ```ask locks A t.c           ```ask victim
 *     en: Will B wait?                en: ...                      ```ask wakes
 *     zh: B 要等吗？                   zh: ...                      ```ask blocks B
 *     - B waits                                                    ```ask version A t 1
 *     - B ok | It goes on | 不用等
 *
 *     ```matrix dirty-read | Dirty read | 脏读
 *     A> SET SESSION TRANSACTION ISOLATION LEVEL {level}
 *     A> SELECT v FROM t
 *     reads 2 5                       numbers of the two reads, from 1
 */
import type { SessionName } from "../../trace/ids.ts";
import type { Chunk } from "./chunks.ts";
import { parseClaim } from "./claims.ts";
import { formsOf } from "./forms.ts";
import type { Line, MatrixRow, Option, Question, QuestionKind } from "./lesson_text.ts";
import { stepsOf } from "./parse_steps.ts";
import { inTwo, notAClaim, type Report } from "./report.ts";

type Block = Extract<Chunk, { readonly kind: "block" }>;

export function parseAsk(block: Block, report: Report): Question | null {
  const said = (language: string): string =>
    block.lines
      .filter(({ text }) => text.startsWith(`${language}:`))
      .map(({ text }) => text.slice(3).trim())
      .join(" ");
  const text = { en: said("en"), zh: said("zh") };
  if (text.en === "" || text.zh === "") {
    report(
      block.line,
      "missing translation: a question needs en: and zh:",
      "缺少翻译：提问需要 en: 和 zh:",
    );
  }
  const kind = kindOf(block, report);
  if (kind !== null) return { text, line: block.line, ...kind };
  const forms = formsOf("questions");
  report(
    block.line,
    `unknown question: ${block.name}. Questions are written: ${forms}`,
    `未知提问：${block.name}。提问可以写成：${forms}`,
  );
  return null;
}

function kindOf(block: Block, report: Report): QuestionKind | null {
  const [, kind = "", first = "", second = "", ...rest] = block.name.split(/\s+/);
  const session = first as SessionName;
  switch (kind) {
    case "":
      return { kind: "claim", options: block.lines.flatMap((line) => optionOf(line, report)) };
    case "locks":
      return /^[A-H]$/.test(first) && second.includes(".")
        ? { kind: "locks", session, index: second }
        : null;
    case "victim":
    case "wakes":
      return { kind: "sessions", about: { what: kind } };
    case "blocks":
      return /^[A-H]$/.test(first) ? { kind: "sessions", about: { what: kind, session } } : null;
    case "version":
      return rest.length > 0 ? { kind, session, table: second, key: rest.join(" ") } : null;
    default:
      return null;
  }
}

function optionOf({ text, line }: Line, report: Report): readonly Option[] {
  if (!text.startsWith("- ")) return [];
  const [claim = "", en, zh] = text
    .slice(2)
    .split(" | ")
    .map((side) => side.trim());
  if (parseClaim(claim) === null) report(line, ...notAClaim(claim));
  if ((en === undefined) !== (zh === undefined)) {
    report(line, "missing translation of the option", "选项缺少翻译");
  }
  const label = en === undefined ? null : { en, zh: zh ?? en };
  return [{ claim, label, line }];
}

export function parseMatrix(block: Block, report: Report): readonly MatrixRow[] {
  const [head = "", ...titles] = block.name.split(" | ");
  const id = head.split(/\s+/)[1] ?? "";
  const reads = block.lines
    .map(({ text }) => /^reads (\d+) (\d+)$/.exec(text))
    .find((found) => found !== null);
  if (id === "" || reads === undefined || reads === null) {
    report(
      block.line,
      "a row of the matrix needs an id and a line: reads 2 5",
      "矩阵的一行需要 id 和 reads 2 5 这样的一行",
    );
    return [];
  }
  const steps = stepsOf(
    block.lines.filter(({ text }) => !text.startsWith("reads ")),
    report,
  ).map(({ step }) => step);
  const [first, second] = [Number(reads[1]) - 1, Number(reads[2]) - 1];
  if (steps[first] === undefined || steps[second] === undefined) {
    report(block.line, "reads: there are not so many steps", "reads：没有这么多步骤");
  }
  return [
    {
      id,
      title: inTwo(
        titles.join(" | "),
        block.line,
        { en: `the title of "${id}"`, zh: `“${id}” 的标题` },
        report,
      ),
      steps,
      reads: [first, second],
      line: block.line,
    },
  ];
}
