/** What is told of a routine or trigger: its body as it was written, and whose it is. */
import type { Definer } from "../../sql/ast_view.ts";
import type { Routine } from "./frame.ts";

interface Bodied {
  readonly body: { readonly span: { readonly start: number; readonly end: number } };
}

export function bodyText({ text }: Routine, { body }: Bodied): string {
  return text.slice(body.span.start, body.span.end);
}

/** Who is written, or the simulated server's one user. */
export function definerOf(definer: Definer | null): {
  readonly user: string;
  readonly host: string;
} {
  return definer ?? { user: "root", host: "localhost" };
}
