/**
 * What a given text was understood as, what was left out of it and in which line, and the choice of what to open. The text
 * can be changed here until it opens.
 */
import { type ReactNode, useDeferredValue, useEffect, useMemo, useState } from "react";
import { cameInstead } from "../../formats/deadlock_check.ts";
import { detectFormat, importText, needsYaml, type ReadYaml } from "../../formats/import_text.ts";
import {
  type ImportedScenario,
  type ImportResult,
  isAllRefused,
  type Remark,
} from "../../formats/imported.ts";
import { useLanguage } from "../../store/hooks.ts";
import { openScenario } from "../../store/open_scenario.ts";
import { pageStore } from "../../store/page_store.ts";
import { eventsBetween } from "../../trace/timeline.ts";
import { bringPanel } from "../panels/use_panels.ts";
import { notRunSteps } from "../schedule/schedule_rows.ts";
import { slipNote } from "../session/result_notes.ts";
import { Dialog } from "../shell/Dialog.tsx";
import { failureText } from "../shell/failed_setup.ts";
import { type OpenWords, openWords } from "./open_words.ts";

const REMARKS_MAX = 200;

/** Remarks on statements that MySQL would not parse. */
const SLIPS: ReadonlySet<Remark["kind"]> = new Set(["notMysql", "mistake"]);

export function OpenDialog(props: {
  readonly given: { readonly name: string; readonly text: string };
  readonly onClose: () => void;
}): ReactNode {
  const { given, onClose } = props;
  const language = useLanguage();
  const words = openWords(language);
  const [text, setText] = useState(given.text);
  const [chosen, choose] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const [isOpening, setOpening] = useState(false);
  const [seen, setSeen] = useState(given);
  // Another file may be dropped on the sheet.
  if (seen !== given) {
    setSeen(given);
    setText(given.text);
    choose(0);
    setProblem(null);
  }
  const result = useImported(useDeferredValue(text), given.name || words.pasted, words);
  const scenarios = result?.kind === "imported" ? result.scenarios : [];
  const scenario = scenarios[Math.min(chosen, scenarios.length - 1)] ?? null;
  const change = (next: string): void => {
    setText(next);
    setProblem(null);
  };
  const open = async (): Promise<void> => {
    if (scenario === null) return;
    setOpening(true);
    const failure = await openScenario(pageStore, scenario);
    setOpening(false);
    if (failure === null) {
      tellOfNotRun(scenario);
      tellOfDeadlock(scenario);
      if (scenario.log !== undefined) bringPanel("given");
      onClose();
    } else setProblem(failure);
  };
  const isEmpty = text.trim() === "";
  const [slip = null] = (scenario?.remarks ?? []).flatMap(({ kind, detail }) =>
    SLIPS.has(kind) ? (slipNote(detail, language) ?? []) : [],
  );
  const empty = given.name !== "" && text === given.text ? "emptyFile" : "hint";
  return (
    <Dialog title={words.title} closeLabel={words.close} onClose={onClose}>
      <div className="files-form">
        {given.name !== "" && <p className="files-name">{given.name}</p>}
        <p role="status" className="files-understood" data-kind={isEmpty ? empty : kindOf(result)}>
          {isEmpty ? words[empty] : result === null ? words.reading : understood(result, words)}
        </p>
        {scenarios.length > 1 && (
          <label className="files-field">
            {words.choose(scenarios.length)}
            <select
              className="select"
              size={Math.min(6, scenarios.length)}
              value={String(Math.min(chosen, scenarios.length - 1))}
              onChange={(event) => choose(Number(event.target.value))}
            >
              {scenarios.map((one, at) => (
                <option key={one.scenario.id} value={String(at)}>
                  {one.title}
                </option>
              ))}
            </select>
          </label>
        )}
        {scenario !== null && <Content imported={scenario} words={words} />}
        {slip !== null && (
          <p role="status" className="files-problem">
            {slip}
          </p>
        )}
        {problem !== null && (
          <p role="alert" className="files-problem">
            {words.notOpened(failureText(problem, language))}
          </p>
        )}
        <details className="files-text" open={given.text === "" || problem !== null}>
          <summary>{words.text}</summary>
          <textarea
            className="textarea"
            rows={10}
            spellCheck={false}
            aria-label={words.text}
            placeholder={words.placeholder}
            value={text}
            onChange={(event) => change(event.target.value)}
          />
        </details>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button
            type="button"
            className="button button-primary"
            disabled={scenario === null || isOpening}
            onClick={() => void open()}
          >
            {words.open}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

/** Above the pictures, when a session was given something while it waited. */
function tellOfNotRun({ scenario }: ImportedScenario): void {
  const notRun = notRunSteps(pageStore.getState().timeline, scenario.steps);
  if (notRun.length > 0) pageStore.setState({ notice: { kind: "notAllRun", notRun } });
}

/** Above the pictures, when the deadlock of a log did not come. */
function tellOfDeadlock({ deadlock, scenario }: ImportedScenario): void {
  if (deadlock === undefined) return;
  const { timeline } = pageStore.getState();
  const came = cameInstead(deadlock, scenario, [...eventsBetween(timeline, 0, timeline.length)]);
  if (came === null) return;
  const said = { en: openWords("en").otherDeadlock(came), zh: openWords("zh").otherDeadlock(came) };
  pageStore.setState({ notice: { kind: "otherDeadlock", said } });
}

function Content(props: {
  readonly imported: ImportedScenario;
  readonly words: OpenWords;
}): ReactNode {
  const { words } = props;
  const { scenario, remarks } = props.imported;
  const sessions = new Set(
    scenario.steps.flatMap((step) => ("session" in step ? [step.session] : [])),
  );
  return (
    <>
      <p>
        {words.content(
          scenario.setup.length,
          scenario.steps.length,
          [...sessions].sort().join(", "),
        )}
      </p>
      {remarks.length > 0 && (
        <details className="files-remarks" open={remarks.length <= 12}>
          <summary>{words.remarks(remarks.length)}</summary>
          <table>
            <tbody>
              {remarks.slice(0, REMARKS_MAX).map((remark) => (
                <RemarkRow
                  key={`${remark.line} ${remark.kind} ${remark.detail}`}
                  remark={remark}
                  words={words}
                />
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}

function RemarkRow({
  remark,
  words,
}: {
  readonly remark: Remark;
  readonly words: OpenWords;
}): ReactNode {
  return (
    <tr>
      <th scope="row">{words.line(remark.line)}</th>
      <td>
        {words.kinds[remark.kind]} <code>{remark.detail}</code>
      </td>
    </tr>
  );
}

function understood(result: ImportResult, words: OpenWords): string {
  switch (result.kind) {
    case "imported":
      return kindOf(result) === "refused"
        ? words.refused(words.formats[result.format])
        : words.understood(words.formats[result.format]);
    case "empty":
      return words.nothing(words.formats[result.format]);
    case "broken":
      return words.broken(words.formats[result.format], result.line, result.message);
    case "incomplete":
      return words.incomplete[result.missing];
    case "tooLarge":
      return words.tooLarge(result.characters);
    case "notText":
      return words.notText;
  }
}

/** How it is marked. */
function kindOf(result: ImportResult | null): ImportResult["kind"] | "refused" | undefined {
  const isRefused = result?.kind === "imported" && result.scenarios.every(isAllRefused);
  return isRefused ? "refused" : result?.kind;
}

/** Null while the library for the format is on its way. */
function useImported(text: string, name: string, words: OpenWords): ImportResult | null {
  const [readYaml, setReadYaml] = useState<ReadYaml | null>(null);
  const waitsForYaml = readYaml === null && needsYaml(detectFormat(text, name));
  useEffect(() => {
    if (!waitsForYaml) return;
    let isWanted = true;
    import("./read_yaml.ts").then(
      (loaded) => isWanted && setReadYaml(() => loaded.readYaml),
      // Offline, and never loaded before.
      () => isWanted && setReadYaml(() => () => ({ line: 1, message: words.yamlMissing })),
    );
    return () => {
      isWanted = false;
    };
  }, [waitsForYaml, words]);
  return useMemo(
    () => (waitsForYaml ? null : importText(text, name, readYaml, words.madeUp)),
    [text, name, readYaml, waitsForYaml, words],
  );
}
