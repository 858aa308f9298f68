/** What the simulated client is like; every change is a step of its own, also while rows are on their way. */
import type { ReactNode } from "react";
import {
  CLIENT_CALLS,
  type ClientApi,
  type ClientCall,
  type ClientSettings,
  OTHER_WAY,
} from "../../trace/state_net.ts";
import { PRESETS } from "./client_presets.ts";
import { Choice, NumberField, TextField } from "./Fields.tsx";
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
const TURNS = ["break", "close", "query", "ping", "crash"] as const;
const LIBRARIES = ["9.7", "8.0.23"] as const;

/** The least that makes sense; those that may be left empty have no limit. */
type NumberSpec = readonly [name: NumberSetting, min: number, mayBeEmpty: boolean];
const PROGRAM: readonly NumberSpec[] = [
  ["rowMs", 0, false],
  ["pauseAtRow", 1, true],
  ["pauseMs", 0, false],
];
const NETWORK: readonly NumberSpec[] = [
  ["sendBufferBytes", 1, false],
  ["receiveBufferBytes", 1, false],
  ["bandwidthBytesPerS", 1, true],
  ["latencyMs", 0, false],
  ["segmentBytes", 1, false],
];

interface FormProps {
  readonly settings: ClientSettings;
  readonly words: StreamWords;
  readonly onChange: (change: Partial<ClientSettings>) => void;
  readonly onCall: (call: ClientCall) => void;
}

export function ClientForm(props: FormProps): ReactNode {
  const { words, onChange } = props;
  return (
    <div className="client-form">
      <fieldset>
        <legend>{words.presets}</legend>
        {PRESETS.map(({ id, change }) => (
          <button
            key={id}
            type="button"
            className="button"
            title={words.preset[id].hint}
            onClick={() => onChange(change)}
          >
            {words.preset[id].name}
          </button>
        ))}
      </fieldset>
      <LibraryFields {...props} />
      <ProgramFields {...props} />
      <fieldset>
        <legend>{words.network}</legend>
        <Numbers specs={NETWORK} {...props} />
        <p className="client-note">{words.bufferSizes}</p>
      </fieldset>
    </div>
  );
}

function LibraryFields(props: FormProps): ReactNode {
  const { settings, words, onChange } = props;
  return (
    <fieldset>
      <legend>{words.library_}</legend>
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
      {(settings.fetch === "many" || settings.fetch === "manual") && (
        <Numbers specs={[["fetchSize", 1, false]]} {...props} />
      )}
      <Numbers specs={[["memoryLimitBytes", 1, true]]} {...props} />
      {!settings.api.startsWith("pymysql") && (
        <Choice
          label="libmysqlclient"
          value={settings.library}
          options={LIBRARIES.map((version) => [version, words.libraries[version]])}
          onChoose={(version) => onChange({ library: version as ClientSettings["library"] })}
        />
      )}
      <p className="client-note">
        {words.elsewhere[OTHER_WAY[settings.api].stores ? "stores" : "leaves"]}
      </p>
    </fieldset>
  );
}

function ProgramFields(props: FormProps): ReactNode {
  const { settings, words, onChange, onCall } = props;
  return (
    <fieldset>
      <legend>{words.program}</legend>
      {settings.fetch === "manual" ? (
        <span className="client-calls">
          <span>{words.calls}</span>
          {CLIENT_CALLS.map((call) => (
            <button key={call} type="button" className="button" onClick={() => onCall(call)}>
              {words.call[call]}
            </button>
          ))}
        </span>
      ) : (
        <>
          <Numbers specs={PROGRAM} {...props} />
          <Numbers specs={[["turnAtRow", 1, true]]} {...props} />
          {settings.turnAtRow !== null && (
            <Choice
              label={words.turn(settings.turnAtRow)}
              value={settings.turn}
              options={TURNS.map((turn) => [turn, words.turns[turn]])}
              onChoose={(turn) => onChange({ turn: turn as ClientSettings["turn"] })}
            />
          )}
          {settings.turnAtRow !== null && settings.turn === "query" && (
            <TextField
              key={settings.query}
              label={words.query}
              value={settings.query}
              onChange={(query) => onChange({ query })}
            />
          )}
          <label className="check">
            <input
              type="checkbox"
              checked={settings.storeFirst}
              onChange={({ target }) => onChange({ storeFirst: target.checked })}
            />
            {words.storeFirst}
          </label>
        </>
      )}
    </fieldset>
  );
}

function Numbers(props: FormProps & { readonly specs: readonly NumberSpec[] }): ReactNode {
  const { settings, words, onChange } = props;
  return props.specs.map(([name, min, mayBeEmpty]) => (
    <NumberField
      // What is typed belongs to the value it began with.
      key={`${name} ${settings[name]}`}
      label={words.numbers[name]}
      value={settings[name]}
      min={min}
      placeholder={mayBeEmpty ? words.noLimit[name] : undefined}
      onChange={(value) => onChange({ [name]: value })}
    />
  ));
}
