/**
 * Two editors on a page of their own, for test/e2e/editor.test.ts. The address says how, see
 * {@link EditorPageQuery}. What the editors call is listed under them.
 */
import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import type {
  EditorMark,
  EditorStatement,
  SqlEditorHandle,
} from "../../../src/editor/editor_props.ts";
import { movedMarks } from "../../../src/editor/line_marks.ts";
import { SqlEditor } from "../../../src/editor/SqlEditor.tsx";
import "../../../src/views/tokens.css";
import "./editor_page.css";

export type EditorPageQuery = {
  readonly theme?: "light" | "dark";
  readonly language?: "en" | "zh";
};

const ask = new URLSearchParams(location.search);
const theme = ask.get("theme") === "dark" ? "dark" : "light";
const language = ask.get("language") === "zh" ? "zh" : "en";
const NAMES = {
  tables: [
    { name: "t", columns: ["id", "c", "d"] },
    { name: "用户", columns: ["姓名"] },
  ],
};

const EXAMPLE = `-- A takes every record, for there is no index on d
BEGIN;
SELECT * FROM t WHERE d = 5 FOR UPDATE;
INSERT INTO t (id, name) VALUES (1, '关羽'), (0x2, N'张飞'); SELECT @@autocommit, @a := NOW();
UPDATE \`用户\` SET c = c + 1.5e3
  WHERE 姓名 = '关羽'
  ORDER BY id DESC LIMIT 2;
COMMIT; # the end`;

function EditorPage() {
  const [text, setText] = useState(EXAMPLE);
  const [other, setOther] = useState("SELECT 'unfinished");
  const [marks, setMarks] = useState<readonly EditorMark[]>(marksOf(EXAMPLE));
  const [calls, setCalls] = useState<readonly string[]>([]);
  const editor = useRef<SqlEditorHandle>(null);
  const log = (call: string) => setCalls((known) => [...known, call]);
  const run = (statement: EditorStatement) => {
    log(`run ${statement.start} ${statement.text}`);
    setMarks((known) => [...known, { ...statement, kind: "running" }]);
  };
  return (
    <>
      <div className="card">
        <SqlEditor
          ref={editor}
          value={text}
          onChange={(next) => {
            setMarks((known) => movedMarks(known, text, next));
            setText(next);
          }}
          onRun={run}
          onRunAll={(all) => log(`all ${all.map((one) => one.text).join(" | ")}`)}
          label="SQL of session A"
          language={language}
          theme={theme}
          marks={marks}
          names={NAMES}
        />
        <button type="button" onClick={() => editor.current?.runCurrent()}>
          Run
        </button>
        <button type="button" onClick={() => setText("SELECT 'from outside';")}>
          Replace
        </button>
      </div>
      <div className="card">
        <SqlEditor
          value={other}
          onChange={setOther}
          onRun={(statement) => log(`B ${statement.text}`)}
          onRunAll={() => log("B all")}
          label="SQL of session B"
          language={language}
          theme={theme}
          minRows={2}
          maxRows={4}
        />
      </div>
      <pre id="text">{text}</pre>
      <ol id="calls">
        {calls.map((call, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows
          <li key={index}>{call}</li>
        ))}
      </ol>
    </>
  );
}

function marksOf(text: string): readonly EditorMark[] {
  const mark = (part: string, kind: EditorMark["kind"]) => {
    const start = text.indexOf(part);
    return { start, end: start + part.length, kind };
  };
  return [
    mark("BEGIN", "done"),
    mark("SELECT * FROM t WHERE d = 5 FOR UPDATE", "waiting"),
    mark("INSERT", "error"),
    mark("UPDATE `", "running"),
  ];
}

document.documentElement.dataset.theme = theme;
const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<EditorPage />);
