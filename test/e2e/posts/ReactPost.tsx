/** A post as a React site has it: the element, its attributes, its events and its methods. */
import { StrictMode, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";

interface Playground extends HTMLElement {
  step(by?: "event" | "statement", back?: boolean): void;
  goto(place: number | "start" | "end" | { readonly step: number }): void;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "interleave-playground": React.HTMLAttributes<HTMLElement> & {
        readonly ref?: React.Ref<Playground>;
        readonly lesson?: string;
        readonly panels?: string;
        readonly at?: string;
      };
    }
  }
}

function ReactPost() {
  const playground = useRef<Playground>(null);
  const [sentence, setSentence] = useState("");
  const [lesson, setLesson] = useState("deadlock");
  useEffect(() => {
    const { current } = playground;
    const listen = (event: Event) => setSentence((event as CustomEvent).detail.sentence);
    current?.addEventListener("interleave-state", listen);
    return () => current?.removeEventListener("interleave-state", listen);
  }, []);
  return (
    <main>
      <button type="button" id="start" onClick={() => playground.current?.goto("start")}>
        From the start
      </button>
      <button type="button" id="step" onClick={() => playground.current?.step()}>
        Next statement
      </button>
      <button type="button" id="other" onClick={() => setLesson("gap-locks")}>
        Another
      </button>
      <interleave-playground ref={playground} lesson={lesson} lang="en" panels="sessions,waits" />
      <p id="sentence">{sentence}</p>
    </main>
  );
}

const root = document.getElementById("post");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <ReactPost />
    </StrictMode>,
  );
}
