/** The frame of every page beside the playground: its title, the bar at the top, and below what is read and scrolled. */
import { type ReactNode, useEffect } from "react";
import { PageButtons } from "../header/PageButtons.tsx";
import { useText } from "../text/use_text.ts";
import "./reading_page.css";

export function ReadingPage(props: {
  readonly title: string;
  /** Where the name at the left leads. */
  readonly home: string;
  /** Ways to other pages, beside the name. */
  readonly ways: ReactNode;
  /** Class of what is read. */
  readonly className: string;
  readonly children: ReactNode;
}): ReactNode {
  const { title } = props;
  const { name, tagline } = useText();
  useEffect(() => {
    const before = document.title;
    document.title = `${title} · ${name}`;
    return () => {
      document.title = before;
    };
  }, [title, name]);
  return (
    <div className="reading-page">
      <header className="header">
        <a className="name" href={props.home} aria-label={name} title={tagline}>
          <img src="./icon.svg" alt="" width="20" height="20" />
          <span>{name}</span>
        </a>
        {props.ways}
        <div className="header-end">
          <PageButtons />
        </div>
      </header>
      <main className={props.className}>
        <h1>{title}</h1>
        {props.children}
      </main>
    </div>
  );
}
