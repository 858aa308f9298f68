/** The styles of the page in the order in which they hold, in one file that is there before anything is drawn. */
import "./crash/crash.css";
import "./files/files.css";
import "./header/link.css";
import "../editor/editor.css";
import "./stage/stage.css";
import "./peek/peek.css";
import "./panels/panels.css";
import "./tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/one_column.css";
import "./styles/sessions.css";
import "./styles/results.css";
import "./styles/log.css";
import "./styles/timeline.css";
import "./styles/forced_colors.css";
import "./styles/print.css";
