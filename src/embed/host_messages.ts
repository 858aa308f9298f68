/** What the frame takes from a host page, read with distrust: anybody may embed it, and say anything. */
import type { HostMessage } from "./contract.ts";

const TEXT_MAX = 200_000;

/** Null when the message is none that this version knows. */
export function hostMessage(message: Readonly<Record<string, unknown>>): HostMessage | null {
  switch (message.type) {
    case "hello":
      return { type: "hello" };
    case "load":
      return loadMessage(message);
    case "step": {
      const { by = "statement", back } = message;
      return by === "event" || by === "statement"
        ? { type: "step", by, back: back === true }
        : null;
    }
    case "goto": {
      const { position, step, to } = message;
      if (isCount(position)) return { type: "goto", position };
      if (isCount(step)) return { type: "goto", step };
      return to === "start" || to === "end" ? { type: "goto", to } : null;
    }
    default:
      return null;
  }
}

function loadMessage(message: Readonly<Record<string, unknown>>): HostMessage | null {
  const { lesson, link, text, scenario } = message;
  if (typeof lesson === "string") return { type: "load", lesson };
  if (typeof link === "string") return { type: "load", link };
  if (typeof text === "string" && text.length <= TEXT_MAX) return { type: "load", text };
  if (typeof scenario !== "object" || scenario === null) return null;
  const { setup, steps } = scenario as Readonly<Record<string, unknown>>;
  if (!Array.isArray(setup) || !Array.isArray(steps)) return null;
  // What stands in the lists is looked at by whoever opens it.
  return { type: "load", scenario: scenario as never };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
