/** The page's icons: 16 by 16, drawn in the colour of the text, hidden from screen readers (buttons have names). */
import type { ReactNode } from "react";

function Icon(props: { readonly children: ReactNode }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {props.children}
    </svg>
  );
}

export function ToStartIcon(): ReactNode {
  return (
    <Icon>
      <path d="M3 3v10M13 3.5v9L6 8z" />
    </Icon>
  );
}
export function ToEndIcon(): ReactNode {
  return (
    <Icon>
      <path d="M13 3v10M3 3.5v9L10 8z" />
    </Icon>
  );
}
export function OverBackIcon(): ReactNode {
  return (
    <Icon>
      <path d="M8 3.5v9L1.8 8zM14.2 3.5v9L8 8z" />
    </Icon>
  );
}
export function OverIcon(): ReactNode {
  return (
    <Icon>
      <path d="M8 3.5v9L14.2 8zM1.8 3.5v9L8 8z" />
    </Icon>
  );
}
export function BackIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M10 3 5 8l5 5" />
    </Icon>
  );
}
export function IntoIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="m6 3 5 5-5 5" />
    </Icon>
  );
}
export function PlayIcon(): ReactNode {
  return (
    <Icon>
      <path d="M4 2.5v11L13 8z" />
    </Icon>
  );
}
export function PauseIcon(): ReactNode {
  return (
    <Icon>
      <path d="M4 3h3v10H4zM9 3h3v10H9z" />
    </Icon>
  );
}
export function UndoIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M6 3 2.8 6 6 9M3 6h6.5a3.5 3.5 0 0 1 0 7H7" />
    </Icon>
  );
}
export function RedoIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="m10 3 3.2 3L10 9M13 6H6.5a3.5 3.5 0 0 0 0 7H9" />
    </Icon>
  );
}
export function ThemeIcon(): ReactNode {
  return (
    <Icon>
      <circle className="icon-line" cx="8" cy="8" r="5.5" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" />
    </Icon>
  );
}
export function CaretIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="m4.5 6.5 3.5 3.5 3.5-3.5" />
    </Icon>
  );
}
export function CloseIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="m4 4 8 8M12 4l-8 8" />
    </Icon>
  );
}
/** A plug that has been pulled: a connection ends, nothing is closed. */
export function DisconnectIcon(): ReactNode {
  return (
    <Icon>
      <path
        className="icon-line"
        d="M6 2v3M10 2v3M4 5h8v2.5a4 4 0 0 1-8 0zM8 11.5V14M2.5 13.5l11-11"
      />
    </Icon>
  );
}
export function AddIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M8 3v10M3 8h10" />
    </Icon>
  );
}
export function CopyIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M5.5 5.5h7.5v8H5.5zM3 10.5v-8h7" />
    </Icon>
  );
}
export function LinkIcon(): ReactNode {
  return (
    <Icon>
      <path
        className="icon-line"
        d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.6-2.6a2.6 2.6 0 0 0-3.7-3.7l-1.2 1.2M9.2 6.8a2.6 2.6 0 0 0-3.7 0l-2.6 2.6a2.6 2.6 0 0 0 3.7 3.7l1.2-1.2"
      />
    </Icon>
  );
}
export function HistoryIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M3.2 5A5.5 5.5 0 1 1 2.6 9M3 2v3.2h3.2M8 5v3.2l2.2 1.4" />
    </Icon>
  );
}
export function HourglassIcon(): ReactNode {
  return (
    <Icon>
      <path
        className="icon-line"
        d="M4 2.5h8M4 13.5h8M5 2.5c0 3.5 3 4 3 5.5s-3 2-3 5.5M11 2.5c0 3.5-3 4-3 5.5s3 2 3 5.5"
      />
    </Icon>
  );
}
export function CrossIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-heavy" d="m4 4 8 8M12 4l-8 8" />
    </Icon>
  );
}
export function ClockIcon(): ReactNode {
  return (
    <Icon>
      <circle className="icon-line" cx="8" cy="8" r="5.5" />
      <path className="icon-line" d="M8 5v3.2l2.2 1.4" />
    </Icon>
  );
}
export function CheckIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M2.5 8.5 6 12l7.5-8" />
    </Icon>
  );
}
export function FocusIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M3 6.5V3h3.5M9.5 3H13v3.5M13 9.5V13H9.5M6.5 13H3V9.5" />
    </Icon>
  );
}
export function UnfocusIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M6.5 3v3.5H3M13 6.5H9.5V3M9.5 13V9.5H13M3 9.5h3.5V13" />
    </Icon>
  );
}
export function PanelsIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M2.5 3h11v10h-11zM2.5 8h11M8 8v5" />
    </Icon>
  );
}
export function UpIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M4 10l4-4 4 4" />
    </Icon>
  );
}
export function DownIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M4 6l4 4 4-4" />
    </Icon>
  );
}
export function GripIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M6 4v.01M6 8v.01M6 12v.01M10 4v.01M10 8v.01M10 12v.01" />
    </Icon>
  );
}
export function PencilIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M3 13l.8-3 6.7-6.7 2.2 2.2L6 12.2zM9 4.8L11.2 7" />
    </Icon>
  );
}
export function FlagIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M4 14V2.5h7.5L9.5 5.5l2 3H4" />
    </Icon>
  );
}
export function NextIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M6 3.5l4.5 4.5L6 12.5" />
    </Icon>
  );
}
export function PreviousIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M10 3.5L5.5 8l4.5 4.5" />
    </Icon>
  );
}
export function CompareIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M2.5 3h4v10h-4zM9.5 3h4v10h-4z" />
    </Icon>
  );
}
export function CommandIcon(): ReactNode {
  return (
    <Icon>
      <path className="icon-line" d="M3 4l4 4-4 4M8.5 12.5H13" />
    </Icon>
  );
}
export function StopIcon(): ReactNode {
  return (
    <Icon>
      <path d="M4 4h8v8H4z" />
    </Icon>
  );
}
export function AskIcon(): ReactNode {
  return (
    <Icon>
      <path
        className="icon-line"
        d="M4.5 7V5.2a3.5 3.5 0 0 1 7 0V7M3 7h10v6.5H3zM7 9.2c.3-.7 2-.6 2 .4 0 .8-1 .8-1 1.5M8 12v.1"
      />
    </Icon>
  );
}
