/**
 * Questions asked of the reader, and their answers as the engine gives them: `choicesBefore` from the state before the
 * steps, `answersAfter` from what the steps did; `reasons.ts` has the events that decided.
 */
import { unreachable } from "../../base/assert.ts";
import { intMapValues } from "../../base/int_map.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { Ref } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import type { InTwoLanguages } from "../lesson.ts";
import { parseClaim, victim } from "./claims.ts";
import type { Option, Question } from "./lesson_text.ts";
import { indexNamed, recordsOf, versionsOf } from "./pointer.ts";
import { lastStatement, type Scene } from "./scene.ts";

export interface Choice {
  /** What the answer is compared by. */
  readonly key: string;
  readonly label: ChoiceLabel;
  /** What stands for it in the pictures: clicking that chooses it. */
  readonly ref: Ref | null;
}

export type ChoiceLabel =
  | { readonly kind: "claim"; readonly claim: string; readonly label: InTwoLanguages | null }
  | { readonly kind: "rec" | "gap"; readonly key: string }
  | { readonly kind: "session"; readonly name: SessionName }
  | { readonly kind: "nobody" | "nothing" }
  | {
      readonly kind: "version";
      readonly values: string;
      readonly trxId: number;
      readonly depth: number;
    };

/** Several things may be right at once. */
export function isManyOf(question: Question): boolean {
  return (
    question.kind === "locks" || (question.kind === "sessions" && question.about.what !== "victim")
  );
}

export function choicesBefore(
  question: Question,
  before: State,
  sessions: readonly SessionName[],
): readonly Choice[] {
  switch (question.kind) {
    case "claim":
      return shuffled(question).map(({ claim, label }) => ({
        key: claim,
        label: { kind: "claim", claim, label },
        ref: null,
      }));
    case "locks":
      return lockChoices(before, question.index);
    case "sessions": {
      const those = sessions.map(
        (name): Choice => ({
          key: name,
          label: { kind: "session", name },
          ref: { kind: "session", id: name },
        }),
      );
      return [...those, { key: "nobody", label: { kind: "nobody" }, ref: null }];
    }
    case "version": {
      const columns = columnsOf(before, question.table);
      return versionsOf(before, question.table, question.key).map((version, depth) => ({
        key: String(depth),
        label: {
          kind: "version",
          values: version.values
            .map((value, at) => `${columns[at]?.name ?? ""}=${String(value ?? "NULL")}`)
            .join(", "),
          trxId: version.trxId,
          depth,
        },
        ref: { kind: "version", rec: version.rec, id: version.undo },
      }));
    }
    default:
      return unreachable(question);
  }
}

/**
 * The order in the file tells the answer, as authors write the right one first. This one is by chance, and the same for
 * everybody, in both languages, at each visit: by a hash of the question and the claim (FNV-1a).
 */
function shuffled(question: Extract<Question, { kind: "claim" }>): readonly Option[] {
  const place = new Map(
    question.options.map((option) => [option, hashOf(`${question.text.en} ${option.claim}`)]),
  );
  return question.options.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  // The last characters, too, shall reach the high bits.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function columnsOf(state: State, name: string): readonly { readonly name: string }[] {
  for (const table of intMapValues(state.tables)) if (table.name === name) return table.columns;
  return [];
}

/** The keys of the choices that came true. */
export function answersAfter(question: Question, scene: Scene): readonly string[] {
  switch (question.kind) {
    case "claim":
      return question.options
        .filter(({ claim }) => parseClaim(claim)?.(scene).holds === true)
        .map(({ claim }) => claim);
    case "locks":
      return lockedBy(scene.after, question.session, question.index);
    case "sessions":
      return orNobody(sessionsAfter(question.about, scene));
    case "version": {
      const depth = scene.events.findLast(
        (event) =>
          event.type === "readView.checked" &&
          event.session === question.session &&
          event.tableName === question.table &&
          event.key === question.key &&
          event.visible,
      );
      return depth?.type === "readView.checked" ? [String(depth.depth)] : [];
    }
    default:
      return unreachable(question);
  }
}

function orNobody(names: readonly string[]): readonly string[] {
  return names.length === 0 ? ["nobody"] : names;
}

function sessionsAfter(
  about: Extract<Question, { kind: "sessions" }>["about"],
  scene: Scene,
): readonly string[] {
  switch (about.what) {
    case "victim": {
      const name = victim(scene);
      return name === "nobody" ? [] : [name];
    }
    case "wakes":
      return scene.before.sessions
        .filter(({ name, status }) => {
          const now = scene.after.sessions.find((each) => each.name === name);
          const isSame =
            lastStatement(scene.after, name)?.id === lastStatement(scene.before, name)?.id;
          return status === "waiting" && isSame && now?.status !== "waiting";
        })
        .map(({ name }) => name);
    case "blocks":
      return (
        scene.after.sessions.find(({ name }) => name === about.session)?.wait?.blockers ?? []
      ).toSorted();
    default:
      return unreachable(about);
  }
}

function lockChoices(state: State, name: string): readonly Choice[] {
  const index = indexNamed(state, name);
  if (index === null) return [];
  const { recs, supremum } = recordsOf(state, index);
  const choices = recs
    .filter(({ deleted }) => !deleted)
    .flatMap((rec): Choice[] => [
      {
        key: `gap ${rec.key}`,
        label: { kind: "gap", key: rec.key },
        ref: { kind: "gap", id: rec.id },
      },
      {
        key: `rec ${rec.key}`,
        label: { kind: "rec", key: rec.key },
        ref: { kind: "rec", id: rec.id },
      },
    ]);
  const none: Choice = { key: "nothing", label: { kind: "nothing" }, ref: null };
  if (supremum === null) return [...choices, none];
  const end: Choice = {
    key: "gap supremum",
    label: { kind: "gap", key: "supremum" },
    ref: { kind: "gap", id: supremum },
  };
  return [...choices, end, none];
}

/** Records and gaps under granted locks; intentions to insert hold nothing. */
function lockedBy(state: State, session: SessionName, index: string): readonly string[] {
  const keys = new Set<string>();
  for (const lock of intMapValues(state.recLocks)) {
    if (lock.session !== session || lock.status !== "granted" || lock.insertIntention) continue;
    if (`${lock.tableName}.${lock.indexName}` !== index) continue;
    const isSupremum = lock.data.startsWith("supremum");
    if (lock.shape !== "recNotGap") keys.add(isSupremum ? "gap supremum" : `gap ${lock.data}`);
    if (lock.shape !== "gap" && !isSupremum) keys.add(`rec ${lock.data}`);
  }
  return keys.size === 0 ? ["nothing"] : [...keys];
}
