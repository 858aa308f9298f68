/** What the pictures show, the keys, and what this page is. */
import type { ReactNode } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { Dialog } from "../shell/Dialog.tsx";
import { FIDELITY, GALLERY, MANUAL } from "../shell/use_route.ts";
import { useText } from "../text/use_text.ts";
import { PICTURE_HELP } from "./picture_help.ts";

const COMMAND =
  typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";

export function HelpDialog(props: { readonly onClose: () => void }): ReactNode {
  const { help: text, fidelity } = useText();
  const { rows } = text;
  const picture = PICTURE_HELP[useLanguage()];
  const keys: readonly (readonly [keyof typeof rows, readonly string[]])[] = [
    ["run", [`${COMMAND}+Enter`]],
    ["runAll", [`Shift+${COMMAND}+Enter`]],
    ["inputs", ["F2", "Shift+F2"]],
    ["leave", ["Esc"]],
    ["event", ["←", "→", "Alt+←", "Alt+→"]],
    ["statement", ["Shift+←", "Shift+→", "Alt+Shift+←", "Alt+Shift+→"]],
    ["ends", ["Home", "End"]],
    ["play", ["Space"]],
    ["jumps", ["W", "E", "D", "N"]],
    ["bookmark", ["B"]],
    ["reorder", ["<", ">"]],
    ["rows", ["Alt+↑", "Alt+↓", "Delete"]],
    ["palette", [`${COMMAND}+K`]],
    ["undo", [`${COMMAND}+Z`, `Shift+${COMMAND}+Z`]],
    ["files", [`${COMMAND}+O`, `${COMMAND}+S`]],
    ["help", ["F1", "?"]],
  ];
  return (
    <Dialog title={text.button} closeLabel={text.close} onClose={props.onClose}>
      <h3>{picture.title}</h3>
      <ul className="picture-help">
        {picture.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        <a href={GALLERY}>{picture.gallery}</a>
      </p>
      <h3>{text.title}</h3>
      <table className="keys">
        <tbody>
          {keys.map(([what, combinations]) => (
            <tr key={what}>
              <th scope="row">{rows[what]}</th>
              <td>
                {combinations.map((combination) => (
                  <kbd key={combination}>{combination}</kbd>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{text.where}</p>
      <p>{text.letters}</p>
      <p>{text.about}</p>
      <p>
        <a href={FIDELITY}>{fidelity.title}</a>
      </p>
      <p>
        <a href={MANUAL}>{text.manual}</a>
      </p>
    </Dialog>
  );
}
