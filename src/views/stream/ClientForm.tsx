/** What the simulated client is like; every change is a step of its own, also while rows are on their way. */
import { type ReactNode, useId } from "react";
import {
  CLIENT_CALLS,
  type ClientApi,
  type ClientCall,
  type ClientSettings,
} from "../../trace/state_net.ts";
import type { NumberSetting, StreamWords } from "./words.ts";

const APIS: readonly ClientApi[] = [
  "mysql_store_result",
  "mysql_use_result",
  "MySQLdb.Cursor",
  "MySQLdb.SSCursor",
  "MySQLdb.SSDictCursor",
  "pymysql.Cursor",
  "pymysql.SSCursor",
  "pymysql.SSDictCursor",
];
const FETCHES = ["one", "many", "all", "manual"] as const;

/** The least that makes sense; those that may be left empty have no limit. */
const NUMBERS: readonly (readonly [name: NumberSetting, min: number, mayBeEmpty: boolean])[] = [
  ["rowMs", 0, false],
  ["sendBufferBytes", 1, false],
  ["receiveBufferBytes", 1, false],
  ["bandwidthBytesPerS", 1, true],
  ["latencyMs", 0, false],
  ["memoryLimitBytes", 1, true],
  ["pauseAtRow", 1, true],
  ["pauseMs", 0, false],
];

export function ClientForm(props: {
  readonly settings: ClientSettings;
  readonly words: StreamWords;
  readonly onChange: (change: Partial<ClientSettings>) => void;
  readonly onCall: (call: ClientCall) => void;
}): ReactNode {
  const { settings, words, onChange, onCall } = props;
  return (
    <fieldset className="client-form">
      <legend>{words.settings}</legend>
      <Choice
        label={words.api}
        value={settings.api}
        options={APIS.map((api) => [api, api])}
        onChoose={(api) => onChange({ api: api as ClientApi })}
      />
      <Choice
        label={words.fetch}
        value={settings.fetch}
        options={FETCHES.map((fetch) => [fetch, words.fetches[fetch]])}
        onChoose={(fetch) => onChange({ fetch: fetch as ClientSettings["fetch"] })}
      />
      {NUMBERS.map(([name, min, mayBeEmpty]) => (
        <NumberField
          // What is typed belongs to the value it began with.
          key={`${name} ${settings[name]}`}
          label={words.numbers[name]}
          value={settings[name]}
          min={min}
          placeholder={mayBeEmpty ? words.noLimit : undefined}
          onChange={(value) => {
            if (value === null ? mayBeEmpty : value >= min) onChange({ [name]: value });
          }}
        />
      ))}
      <label className="check">
        <input
          type="checkbox"
          checked={settings.storeFirst}
          onChange={({ target }) => onChange({ storeFirst: target.checked })}
        />
        {words.storeFirst}
      </label>
      {settings.fetch === "manual" && (
        <fieldset className="client-calls">
          <legend>{words.calls}</legend>
          {CLIENT_CALLS.map((call) => (
            <button key={call} type="button" className="button" onClick={() => onCall(call)}>
              {words.call[call]}
            </button>
          ))}
        </fieldset>
      )}
    </fieldset>
  );
}

function Choice(props: {
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

/** Takes effect when the field is left or Enter is pressed. */
function NumberField(props: {
  readonly label: string;
  readonly value: number | null;
  readonly min: number;
  readonly placeholder: string | undefined;
  readonly onChange: (value: number | null) => void;
}): ReactNode {
  const id = useId();
  const commit = (input: HTMLInputElement): void => {
    const value = input.value === "" ? null : Math.round(input.valueAsNumber);
    if (value !== props.value && !Number.isNaN(value)) props.onChange(value);
  };
  return (
    <span className="client-field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="input"
        type="number"
        min={props.min}
        defaultValue={props.value ?? ""}
        placeholder={props.placeholder}
        onBlur={({ target }) => commit(target)}
        onKeyDown={(event) => event.key === "Enter" && commit(event.currentTarget)}
      />
    </span>
  );
}
