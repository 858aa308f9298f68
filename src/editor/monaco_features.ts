/**
 * The features of Monaco that a page of SQL needs, and no more: importing this file switches them on.
 *
 * There is no editor worker: what would ask for one (links, colours, words of the text) is off. There is no
 * find: its widget would cover a text of a few lines, and the browser's own finds in the results too.
 */
// The feature called suggest holds ghost texts only; the list is this.
import "monaco-editor/editor/contrib/suggest/browser/suggestController";
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/codicon/register";
import "monaco-editor/features/comment/register";
import "monaco-editor/features/contextmenu/register";
import "monaco-editor/features/gotoError/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/placeholderText/register";
import "monaco-editor/features/snippet/register";
import "monaco-editor/features/toggleTabFocusMode/register";
import "monaco-editor/features/wordOperations/register";
