/** The server's virtual clock, and letting time pass. */
import type { ReactNode } from "react";
import { usePage } from "../../store/hooks.ts";
import { ClockIcon } from "../shell/Icons.tsx";
import { Popover } from "../shell/Popover.tsx";
import { useText } from "../text/use_text.ts";

const AMOUNTS_S = [1, 5, 10, 50];

export function Clock(): ReactNode {
  const text = useText().time;
  const clockMs = usePage((page) => page.stateAtCursor.clockMs);
  const advance = usePage((page) => page.commands.advance);
  const time = `${(clockMs / 1000).toFixed(1)} s`;
  return (
    <Popover
      label={`${time}: ${text.advance}`}
      edge="right"
      buttonClass="button clock"
      button={
        <>
          <ClockIcon />
          <span className="clock-time">{time}</span>
        </>
      }
    >
      {(close) => (
        <div className="menu">
          <p className="menu-note">{text.clockHint}</p>
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
        </div>
      )}
    </Popover>
  );
}
