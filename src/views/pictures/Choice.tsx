/** One of a few values, with its name. */
import type { ReactNode } from "react";

export function Choice<T extends string | number>(props: {
  readonly label: string;
  readonly value: T;
  readonly values: readonly T[];
  readonly text: (value: T) => string;
  readonly onChange: (value: T) => void;
}): ReactNode {
  const { label, value, values, text, onChange } = props;
  return (
    <label>
      {label}
      <select
        className="select"
        value={value}
        onChange={(event) => {
          const chosen = values[event.target.selectedIndex];
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {values.map((each) => (
          <option key={each} value={each}>
            {text(each)}
          </option>
        ))}
      </select>
    </label>
  );
}
