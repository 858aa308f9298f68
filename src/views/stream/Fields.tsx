/** The two kinds of field that the stream's settings are made of: a choice, and a number. */
import { type ReactNode, useId } from "react";

export function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChoose: (value: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <span className="client-field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="select"
        value={props.value}
        onChange={({ target }) => props.onChoose(target.value)}
      >
        {props.options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </span>
  );
}

/** Takes effect when the field is left or Enter is pressed; what is out of range is put back. */
export function NumberField(props: {
  readonly label: string;
  readonly value: number | null;
  readonly min: number;
  readonly max?: number;
  /** What stands there when it may be empty. */
  readonly placeholder?: string | undefined;
  readonly hint?: string;
  readonly onChange: (value: number | null) => void;
}): ReactNode {
  const { value, min, max = Number.MAX_SAFE_INTEGER, placeholder } = props;
  const id = useId();
  const commit = (input: HTMLInputElement): void => {
    const typed = input.value === "" ? null : Math.round(input.valueAsNumber);
    const isAllowed = typed === null ? placeholder !== undefined : typed >= min && typed <= max;
    if (isAllowed && typed !== value) props.onChange(typed);
    else if (typed !== value) input.value = String(value ?? "");
  };
  return (
    <span className="client-field" title={props.hint}>
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="input"
        type="number"
        min={min}
        max={props.max}
        defaultValue={value ?? ""}
        placeholder={placeholder}
        onBlur={({ target }) => commit(target)}
        onKeyDown={(event) => event.key === "Enter" && commit(event.currentTarget)}
      />
    </span>
  );
}

/** Text that takes effect when the field is left or Enter is pressed. */
export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  const commit = (text: string): void => {
    if (text.trim() !== "" && text !== props.value) props.onChange(text);
  };
  return (
    <span className="client-field client-field-wide">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="input"
        type="text"
        defaultValue={props.value}
        onBlur={({ target }) => commit(target.value)}
        onKeyDown={(event) => event.key === "Enter" && commit(event.currentTarget.value)}
      />
    </span>
  );
}
