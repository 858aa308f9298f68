/**
 * Why something cannot be opened, is not understood, or is no place to go to: sentences for the author of the post, in both
 * languages. Loaded when there is one to say.
 */
import type { Language } from "../store/preferences.ts";
import type { Asked } from "./frame_talk.ts";

export type OpenFault =
  | { readonly fault: "noLesson"; readonly name: string }
  | { readonly fault: "damagedLink" | "noScenario" | "noSession" | "empty" };

export function openFault(fault: OpenFault, language: Language): string {
  if (fault.fault !== "noLesson") return OPEN[fault.fault][language];
  return language === "en"
    ? `there is no lesson "${fault.name}"; the manual lists the names`
    : `没有名为“${fault.name}”的课程；名字列表见手册`;
}

const OPEN = {
  damagedLink: {
    en: "the link is damaged, cut off, or of a newer version",
    zh: "链接已损坏、不完整，或来自更新的版本",
  },
  noScenario: {
    en: "this is no scenario: it needs setup, a list of statements, and steps, a list of { session, sql }",
    zh: "这不是场景：需要 setup（语句列表）和 steps（{ session, sql } 的列表）",
  },
  noSession: {
    en: "no statement belongs to a session: write -- session A above statements, or -- A behind one",
    zh: "没有语句属于某个会话：在语句上面写 -- session A，或在语句后面写 -- A",
  },
  empty: { en: "the text is empty", zh: "文本是空的" },
};

/** Of a message of our version that the frame makes nothing of. */
export function messageFault(
  message: Readonly<Record<string, unknown>>,
  language: Language,
): string {
  const isEnglish = language === "en";
  switch (message.type) {
    case "load":
      return isEnglish
        ? "load needs one of lesson, link, text (200,000 letters at most) and scenario ({ setup, steps })"
        : "load 需要 lesson、link、text（最多 20 万字符）、scenario（{ setup, steps }）之一";
    case "step":
      return isEnglish ? 'step: by is "event" or "statement"' : "step：by 取 event 或 statement";
    case "goto":
      return isEnglish
        ? 'goto needs a whole number from 0 as position or step, or to: "start" or "end"'
        : "goto 需要 position 或 step（从 0 起的整数），或 to：start 或 end";
    default:
      return isEnglish
        ? `"${String(message.type)}" is no message; there are hello, load, step and goto`
        : `没有“${String(message.type)}”这种消息；有 hello、load、step 和 goto`;
  }
}

/** Of a place to which the cursor cannot go, in a scenario of so many steps and events. */
export function placeFault(
  message: Extract<Asked, { readonly type: "step" | "goto" }>,
  steps: number,
  events: number,
  language: Language,
): string {
  const isEnglish = language === "en";
  if (message.type === "step") {
    if (message.back) return isEnglish ? "this is the start already" : "已经在开头";
    return isEnglish ? "this is the end already" : "已经在末尾";
  }
  if ("step" in message) {
    return isEnglish
      ? `there is no step ${message.step}: the last is ${steps}`
      : `没有第 ${message.step} 步：最后一步是第 ${steps} 步`;
  }
  const asked = "position" in message ? message.position : 0;
  return isEnglish
    ? `there is no event ${asked}: the last is ${events}`
    : `没有第 ${asked} 个事件：最后一个是第 ${events} 个`;
}
