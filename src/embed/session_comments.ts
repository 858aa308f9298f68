/**
 * A code block with session comments, as a scenario: read as the page reads a file with them (formats/labelled_sql.ts), so
 * that a block and what is saved of it are the same; but without a parser, which a frame has no room for. What stands before
 * the first session is the set-up.
 */
import { readLabelledSql } from "../formats/labelled_sql.ts";
import { lettersFor } from "../formats/letters.ts";
import type { Step } from "../trace/scenario.ts";
import type { EmbedScenario } from "./contract.ts";

type Draft = { readonly label: string; readonly sql: string } | { readonly advance: number };

/** Null when no statement belongs to a session. */
export function scenarioInText(text: string): EmbedScenario | null {
  const setup: string[] = [];
  const drafts: Draft[] = [];
  const run = (label: string, sql: string): void => void drafts.push({ label, sql });
  const reading = readLabelledSql(
    {
      run,
      setUpOrRun: run,
      setUp: (sql) => void setup.push(sql),
      advance: (advance) => {
        if (advance > 0) drafts.push({ advance });
      },
      remark: () => undefined,
    },
    text,
  );
  if (reading === "plain") return null;
  const labels = drafts.flatMap((draft) => ("label" in draft ? [draft.label] : []));
  const { letters } = lettersFor([...new Set(labels)]);
  const steps = drafts.flatMap((draft): readonly Step[] => {
    if ("advance" in draft) return [draft];
    const session = letters.get(draft.label);
    return session === undefined ? [] : [{ session, sql: draft.sql }];
  });
  return { setup, steps };
}
