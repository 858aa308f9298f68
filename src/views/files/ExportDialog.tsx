/** The scenario as a file of another kind: looked at, copied, saved. */
import { type ReactNode, useMemo, useState } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import { scenarioTitle } from "../header/scenario_title.ts";
import { CopyButton } from "../shell/CopyButton.tsx";
import { Dialog } from "../shell/Dialog.tsx";
import { EMBED } from "../shell/use_route.ts";
import { exportWords } from "./export_words.ts";
import { EXPORTS, type ExportId, exportedFiles, pageName } from "./exported_files.ts";
import { downloadFile, saveFile } from "./local_files.ts";
import { oneFile } from "./one_file.ts";

/** What readers see goes by its title. */
/** Lines that are seen at once. */
const ROWS_MAX = 18;
const TITLED: readonly ExportId[] = ["frame", "element", "page", "own"];

export function ExportDialog(props: {
  readonly form?: ExportId | undefined;
  readonly onClose: () => void;
}): ReactNode {
  const words = exportWords(useLanguage());
  const timeline = usePage((page) => page.timeline);
  const script = usePage((page) => page.script);
  const [chosen, choose] = useState<ExportId>(props.form ?? "schedule");
  const [part, setPart] = useState(0);
  const [saved, setSaved] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page's script and trace are what is exported
  const files = useMemo(
    () => exportedFiles(chosen, pageStore.getState()),
    [chosen, timeline, script],
  );
  const file = files[Math.min(part, files.length - 1)];
  const name = chosen === "page" ? pageName(pageStore.getState()) : (file?.name ?? "");
  const save = async (): Promise<void> => {
    try {
      const text = file === undefined ? await oneFile(pageStore.getState()) : file.text;
      const isSaved = await saveFile(name, new Blob([text], { type: file?.mime ?? "text/html" }));
      if (isSaved) setSaved(words.saved(name));
    } catch {
      setSaved(words.notMade);
    }
  };
  const saveAll = (): void => {
    for (const { name, mime, text } of files) downloadFile(name, new Blob([text], { type: mime }));
    setSaved(words.savedAll(files.length));
  };
  return (
    <Dialog title={words.title} closeLabel={words.close} onClose={props.onClose}>
      <div className="files-form">
        <fieldset className="files-kinds">
          <legend className="visually-hidden">{words.title}</legend>
          {EXPORTS.map((id) => (
            <label key={id} className="check">
              <input
                type="radio"
                name="export"
                checked={id === chosen}
                onChange={() => {
                  choose(id);
                  setPart(0);
                  setSaved("");
                }}
              />
              {words.kinds[id]}
            </label>
          ))}
        </fieldset>
        <p className="files-hint">{words.hints[chosen]}</p>
        {TITLED.includes(chosen) && <TitleField label={words.titleField} />}
        {(chosen === "frame" || chosen === "element") && (
          <p className="files-hint">
            <a href={EMBED} onClick={props.onClose}>
              {words.manual}
            </a>
          </p>
        )}
        {files.length > 1 && (
          <label className="files-field">
            {words.part}
            <select
              className="select"
              value={part}
              onChange={(event) => setPart(Number(event.target.value))}
            >
              {files.map((one, at) => (
                <option key={one.name} value={at}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        )}
        {file !== undefined && (
          <div className="files-preview">
            <textarea
              className="textarea"
              readOnly
              spellCheck={false}
              aria-label={file.name}
              rows={Math.min(ROWS_MAX, file.text.split("\n").length + 1)}
              value={file.text}
            />
            <CopyButton className="files-copy" label={words.copy} text={() => file.text} isNamed />
          </div>
        )}
        <div className="dialog-buttons">
          <span role="status" className="files-saved">
            {saved}
          </span>
          {files.length > 1 && (
            <button type="button" className="button" onClick={saveAll}>
              {words.saveAll(files.length)}
            </button>
          )}
          <button type="button" className="button button-primary" onClick={() => void save()}>
            {words.save(name)}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

/** Named when the field is left, so that a blank between two words stays while it is typed. */
function TitleField({ label }: { readonly label: string }): ReactNode {
  const language = useLanguage();
  const script = usePage((page) => page.script);
  const rename = usePage((page) => page.rename);
  const [title, setTitle] = useState(script.scenario.title ?? "");
  return (
    <label className="files-field">
      {label}
      <input
        className="input"
        value={title}
        placeholder={scenarioTitle(script, language) ?? ""}
        onChange={(event) => setTitle(event.target.value)}
        onBlur={() => rename(title)}
        onKeyDown={(event) => {
          if (event.key === "Enter") rename(title);
        }}
      />
    </label>
  );
}
