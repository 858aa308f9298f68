/** The rows, and the server's own numbers: a change tells the story so far again with it. */
import type { ReactNode } from "react";
import {
  FILLING_BYTES_MAX,
  FILLING_ROWS_MAX,
  fillingOf,
  refilled,
} from "../../lessons/filled_table.ts";
import {
  SERVER_NUMBERS,
  type ServerNumber,
  serverNumber,
  withServerNumber,
} from "../../store/server_numbers.ts";
import { NumberField } from "./Fields.tsx";
import type { StreamWords } from "./words.ts";

const NUMBERS: readonly ServerNumber[] = [
  "net_buffer_length",
  "net_write_timeout",
  "max_allowed_packet",
];
/** To be had with one click. */
const ROW_COUNTS = [2000, 100_000];
const FIRST_FILLING = { rows: 2000, rowBytes: 100 };

export function ServerForm(props: {
  readonly setup: readonly string[];
  readonly words: StreamWords;
  readonly onChange: (setup: readonly string[]) => void;
}): ReactNode {
  const { setup, words, onChange } = props;
  const filling = fillingOf(setup);
  return (
    <div className="client-form">
      <fieldset>
        <legend>{filling === null ? words.rowsNone : words.rowsOf(filling.table)}</legend>
        {filling === null ? (
          <button
            type="button"
            className="button"
            onClick={() => onChange(refilled(setup, FIRST_FILLING))}
          >
            {words.makeTable}
          </button>
        ) : (
          <>
            <NumberField
              key={`rows ${filling.rows}`}
              label={words.rowCount}
              value={filling.rows}
              min={1}
              max={FILLING_ROWS_MAX}
              hint={words.toldAgain}
              onChange={(rows) => onChange(refilled(setup, { ...filling, rows: rows ?? 1 }))}
            />
            {ROW_COUNTS.map((rows) => (
              <button
                key={rows}
                type="button"
                className="button"
                title={words.toldAgain}
                onClick={() => onChange(refilled(setup, { ...filling, rows }))}
              >
                {words.rowsChoice(rows)}
              </button>
            ))}
            <NumberField
              key={`bytes ${filling.rowBytes}`}
              label={words.rowBytes}
              value={filling.rowBytes}
              min={0}
              max={FILLING_BYTES_MAX}
              hint={words.toldAgain}
              onChange={(bytes) => onChange(refilled(setup, { ...filling, rowBytes: bytes ?? 0 }))}
            />
          </>
        )}
      </fieldset>
      <fieldset>
        <legend>{words.serverNumbers}</legend>
        {NUMBERS.map((name) => {
          const value = serverNumber(setup, name);
          return (
            <NumberField
              key={`${name} ${value}`}
              label={words.serverNumber[name]}
              value={value}
              min={SERVER_NUMBERS[name].least}
              max={SERVER_NUMBERS[name].most}
              hint={words.toldAgain}
              onChange={(typed) =>
                onChange(withServerNumber(setup, name, typed ?? SERVER_NUMBERS[name].usual))
              }
            />
          );
        })}
      </fieldset>
      <p className="client-note">{words.toldAgain}</p>
    </div>
  );
}
