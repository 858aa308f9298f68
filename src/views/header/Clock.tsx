/** The server's virtual clock, and letting time pass. */
import type { ReactNode } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { TIME_RATES, untilNextEndMs } from "../../store/passing_time.ts";
import { shortTime } from "../session/short_time.ts";
import { ClockIcon } from "../shell/Icons.tsx";
import { Popover } from "../shell/Popover.tsx";
import { useText } from "../text/use_text.ts";

const AMOUNTS_S = [1, 5, 10, 50];

export function Clock(): ReactNode {
  const text = useText().time;
  const language = useLanguage();
  const clockMs = usePage((page) => page.stateAtCursor.clockMs);
  const advance = usePage((page) => page.commands.advance);
  const untilMs = usePage((page) => untilNextEndMs(page.stateAtCursor));
  const rate = usePage((page) => page.timeRate);
  const setRate = usePage((page) => page.setTimeRate);
  const time = `${(clockMs / 1000).toFixed(1)} ${language === "zh" ? "秒" : "s"}`;
  return (
    <Popover
      label={`${time}: ${text.advance}`}
      buttonClass="button clock"
      button={
        <>
          <ClockIcon />
          <span className="clock-time">{time}</span>
          {rate !== 0 && <span className="clock-rate">{text.rates[rate]}</span>}
        </>
      }
    >
      {(close) => (
        <div className="menu">
          <p className="menu-note">{text.clockHint}</p>
          {untilMs !== null && (
            <button
              type="button"
              className="menu-item"
              onClick={() => {
                close();
                void advance(untilMs / 1000);
              }}
            >
              {text.untilNext(shortTime(untilMs, language))}
            </button>
          )}
          {AMOUNTS_S.map((amount) => (
            <button
              key={amount}
              type="button"
              className="menu-item"
              onClick={() => {
                close();
                void advance(amount);
              }}
            >
              + {text.seconds(amount)}
            </button>
          ))}
          <fieldset className="menu-choice">
            <legend>{text.byItself}</legend>
            {TIME_RATES.map((each) => (
              <label key={each} className="check">
                <input
                  type="radio"
                  name="time-rate"
                  checked={each === rate}
                  onChange={() => setRate(each)}
                />
                {text.rates[each]}
              </label>
            ))}
          </fieldset>
        </div>
      )}
    </Popover>
  );
}
