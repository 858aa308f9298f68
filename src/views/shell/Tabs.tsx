/** Tabs with a roving tab stop: arrows, Home and End move, the panel of the chosen one is shown. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly content: () => ReactNode;
}

export function Tabs<Id extends string>(props: {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  readonly className?: string;
  /** At the right end of the row of tabs. */
  readonly tools?: ReactNode;
}): ReactNode {
  const { tabs, chosen, onChoose } = props;
  const scope = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.id === chosen),
  );

  useEffect(() => {
    if (list.current !== null) bringTab(list.current, chosen);
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined || event.altKey) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChoose(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div className={`tabs ${props.className ?? ""}`}>
      <div className="tabs-row">
        <div
          ref={list}
          role="tablist"
          aria-label={props.label}
          className="tabs-list"
          onKeyDown={onKeyDown}
        >
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${scope}-${tab.id}`}
              data-tab={tab.id}
              aria-selected={tab.id === chosen}
              aria-controls={`${scope}-panel`}
              tabIndex={tab.id === chosen ? 0 : -1}
              onClick={() => onChoose(tab.id)}
            >
              {tab.title}
            </button>
          ))}
        </div>
        {props.tools}
      </div>
      <div
        role="tabpanel"
        id={`${scope}-panel`}
        aria-labelledby={`${scope}-${chosen}`}
        className="tabs-panel"
      >
        {tabs[at]?.content()}
      </div>
    </div>
  );
}

/** Sideways only, into the sight of its row. */
function bringTab(row: HTMLElement, id: string): void {
  if (row.scrollWidth <= row.clientWidth) return;
  const tab = row.querySelector(`[data-tab="${id}"]`)?.getBoundingClientRect();
  if (tab === undefined) return;
  const { left, right } = row.getBoundingClientRect();
  // What of the row fades out is its padding.
  const end = right - Number.parseFloat(getComputedStyle(row).paddingRight);
  if (tab.left < left) row.scrollLeft -= left - tab.left;
  else if (tab.right > end) row.scrollLeft += tab.right - end;
}
