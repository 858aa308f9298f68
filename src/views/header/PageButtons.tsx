/** What every page of the site has in its bar: colours and language. */
import type { ReactNode } from "react";
import { useLanguage, usePage, useTheme } from "../../store/hooks.ts";
import { resolvedTheme } from "../../store/preferences.ts";
import { ThemeIcon } from "../shell/Icons.tsx";
import { useText } from "../text/use_text.ts";

export function PageButtons(): ReactNode {
  return (
    <>
      <ThemeButton />
      <LanguageButton />
    </>
  );
}

function ThemeButton(): ReactNode {
  const text = useText().theme;
  const choice = usePage((page) => page.preferences.theme);
  const prefer = usePage((page) => page.prefer);
  const theme = useTheme();
  const ofSystem = usePage((page) => resolvedTheme("system", page.surroundings));
  // Each press changes the colours; those of the system are taken as the system's.
  const other = theme === "dark" ? "light" : "dark";
  const next = other === ofSystem ? "system" : other;
  const label = `${text.button}: ${text[choice]}`;
  return (
    <button
      type="button"
      className="button button-icon"
      aria-label={label}
      title={label}
      data-theme-choice={choice}
      onClick={() => prefer({ theme: next })}
    >
      <ThemeIcon />
    </button>
  );
}

function LanguageButton(): ReactNode {
  const text = useText().language;
  const language = useLanguage();
  const prefer = usePage((page) => page.prefer);
  const other = language === "en" ? "zh" : "en";
  return (
    <button
      type="button"
      className="button language-button"
      lang={other === "zh" ? "zh-CN" : "en"}
      aria-label={text.otherName}
      title={text.otherName}
      onClick={() => prefer({ language: other })}
    >
      {text.other}
    </button>
  );
}
