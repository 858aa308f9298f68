/** What a playground that was saved as a file has in the place of the way to the page: the other language, the other theme. */
import type { ReactNode } from "react";
import { useLanguage, usePage, useTheme } from "../../store/hooks.ts";

export interface FileToolsProps {
  readonly speak: (language: "en" | "zh") => Promise<void>;
}

export function FileTools({ speak }: FileToolsProps): ReactNode {
  const language = useLanguage();
  const theme = useTheme();
  const prefer = usePage((page) => page.prefer);
  const [dark, light] = language === "zh" ? ["深色", "浅色"] : ["Dark", "Light"];
  return (
    <div className="embed-tools">
      <button
        type="button"
        className="button"
        lang={language === "zh" ? "en" : "zh-CN"}
        onClick={() => void speak(language === "zh" ? "en" : "zh")}
      >
        {language === "zh" ? "English" : "中文"}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => prefer({ theme: theme === "dark" ? "light" : "dark" })}
      >
        {theme === "dark" ? light : dark}
      </button>
    </div>
  );
}
