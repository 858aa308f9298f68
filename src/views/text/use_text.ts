/** The page's words in the language of the page. */
import { useLanguage } from "../../store/hooks.ts";
import { en, type Text } from "./en.ts";
import { zh } from "./zh.ts";

export function useText(): Text {
  return useLanguage() === "zh" ? zh : en;
}
