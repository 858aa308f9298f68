/** A titled part of the page. */
import { type ReactNode, useId } from "react";

export function PanelFrame(props: {
  readonly title: string;
  /** Controls at the right end of the title. */
  readonly tools?: ReactNode;
  readonly className?: string;
  /** Its name, for what points at it from outside. */
  readonly panel?: string;
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section
      className={`panel ${props.className ?? ""}`}
      aria-labelledby={id}
      data-panel={props.panel}
    >
      <header className="panel-header">
        <h2 id={id}>{props.title}</h2>
        {props.tools}
      </header>
      <div className="panel-body">{props.children}</div>
    </section>
  );
}
