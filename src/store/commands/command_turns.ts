/** The page's commands, one after the other, and what the page says of one that failed. */
import { EngineFailure, PartMissing } from "../engine_client.ts";
import type { PageStore } from "../page_store.ts";

/** The word to the person has been said; the rest of the command is not carried out. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

export class CommandTurns {
  readonly #store: PageStore;
  #last: Promise<void> = Promise.resolve();
  #isHalted = false;

  constructor(store: PageStore) {
    this.#store = store;
  }

  /** The person pressed Stop while this command was at work. */
  get isHalted(): boolean {
    return this.#isHalted;
  }

  halt(): void {
    this.#isHalted = true;
  }

  /** Carries `command` out when those before it are through. Rejects with a fault of the page's own, not with the server's. */
  inTurn(command: () => Promise<void>): Promise<void> {
    const done = this.#last.then(async () => {
      this.#isHalted = false;
      this.#store.setState(({ notice }) => ({
        phase: "working",
        playing: false,
        // That nothing is kept is so until the person has taken note of it.
        notice: notice?.kind === "notKept" ? notice : null,
      }));
      try {
        await command();
      } catch (error) {
        this.#tellFailure(error, command);
        // A fault of the page's own is told on, and does not keep the commands after it from their turn.
        if (!(error instanceof EngineFailure)) throw error;
      } finally {
        this.#store.setState({ phase: "ready", progress: null });
      }
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** In turn, a command that ends early by throwing `Stopped`. */
  untilStopped(command: () => Promise<void>): Promise<void> {
    return this.inTurn(async () => {
      try {
        await command();
      } catch (error) {
        if (!(error instanceof Stopped)) throw error;
      }
    });
  }

  #tellFailure(error: unknown, command: () => Promise<void>): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#store.setState({
      notice: this.#isHalted
        ? { kind: "halted", sql: "" }
        : error instanceof PartMissing
          ? { kind: "partMissing", retry: () => void this.inTurn(command) }
          : { kind: "notOpened", message },
    });
  }
}
