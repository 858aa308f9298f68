/**
 * Says where two transcripts of one scenario differ, aspect by aspect. Each step is first brought
 * into a canonical form per aspect: lists without an order of their own are sorted, and what is not
 * compared (messages, warnings, process list states) is left out.
 */
import { ASPECTS, type Aspect } from "../../src/views/fidelity/fidelity.ts";
import { compareText, type Ended, type Transcript, type TranscriptStep } from "./transcript.ts";

export type Difference = {
  readonly step: number;
  readonly aspect: Aspect;
  /** In canonical form; undefined where there is no such step. */
  readonly want: Canonical | undefined;
  readonly got: Canonical | undefined;
};

/** The lines of a list of locks or waits, or what came out of a statement. */
export type Canonical =
  | readonly string[]
  | (Ended & { readonly woken: readonly (Ended & { readonly step: number })[] });

type Observed = Required<Pick<TranscriptStep, "waits" | "locks" | "mdl">>;

/** In the order of the steps, and within a step of ASPECTS; empty where the transcripts agree. */
export function differences(want: Transcript, got: Transcript): Difference[] {
  const [wanted, gotten] = [canonicalSteps(want), canonicalSteps(got)];
  const steps = Math.max(wanted.length, gotten.length);
  return Array.from({ length: steps }, (_, step) => step).flatMap((step) =>
    ASPECTS.map((aspect) => ({
      step,
      aspect,
      want: wanted[step]?.[aspect],
      got: gotten[step]?.[aspect],
    })).filter((pair) => JSON.stringify(pair.want) !== JSON.stringify(pair.got)),
  );
}

function canonicalSteps(transcript: Transcript): Record<Aspect, Canonical>[] {
  let seen: Observed = { waits: [], locks: [], mdl: [] };
  return transcript.steps.map((step) => {
    // A skipped step was not run, and nobody looked at the locks after it.
    if (step.outcome !== "skipped") {
      const { waits = seen.waits, locks = seen.locks, mdl = seen.mdl } = step;
      seen = { waits, locks, mdl };
    }
    return {
      results: { ...ended(step), woken: woken(step) },
      waits: sorted(seen.waits.map(([waiting, blocking]) => `${waiting} waits for ${blocking}`)),
      locks: sorted(seen.locks),
      mdl: sorted(seen.mdl),
    };
  });
}

/** The compared fields in a fixed order; JSON leaves out those that are undefined. */
function ended({ outcome, columns, rows, affected, errno, sqlstate }: Ended): Ended {
  return JSON.parse(JSON.stringify({ outcome, columns, rows, affected, errno, sqlstate }));
}

function woken(step: TranscriptStep): (Ended & { step: number })[] {
  const all = (step.woken ?? []).map((one) => ({ step: one.step, ...ended(one) }));
  return all.sort((a, b) => a.step - b.step);
}

function sorted(lines: readonly string[]): string[] {
  return [...lines].sort(compareText);
}
