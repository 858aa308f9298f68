/** The scenario's title, being written where it stands. */
import { type ReactNode, useEffect, useRef } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { titleWords } from "./title_words.ts";

export function ScenarioTitle(props: {
  readonly name: string;
  readonly onEnd: () => void;
}): ReactNode {
  const { name, onEnd } = props;
  const words = titleWords(useLanguage());
  const rename = usePage((page) => page.rename);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const keep = (): void => {
    const written = field.current?.value ?? name;
    if (written !== name) rename(written);
  };
  return (
    <form
      className="scenario-title"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
        onEnd();
      }}
    >
      <input
        ref={field}
        className="scenario-title-field"
        type="text"
        maxLength={80}
        defaultValue={name}
        aria-label={words.label}
        title={words.hint}
        enterKeyHint="done"
        onBlur={() => {
          keep();
          onEnd();
        }}
        onKeyDown={(event) => {
          // Letters are for the title, not for the page's keys.
          event.stopPropagation();
          if (event.key !== "Escape" || field.current === null) return;
          field.current.value = name;
          onEnd();
        }}
      />
    </form>
  );
}
