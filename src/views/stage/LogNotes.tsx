/** What a part of a deadlock log means. */
import type { ReactNode } from "react";

export function LogNotes({ notes }: { readonly notes: readonly string[] }): ReactNode {
  return (
    <div className="deadlock-note">
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}
