/** What is drawn in the place of views that failed: without it React takes the whole page away. */
import { Component, type ReactNode } from "react";

interface GuardProps {
  /** `again` draws the children anew. */
  readonly instead: (problem: Error, again: () => void) => ReactNode;
  readonly children: ReactNode;
}

interface GuardState {
  readonly problem: Error | null;
}

export class Guard extends Component<GuardProps, GuardState> {
  static getDerivedStateFromError(problem: unknown): GuardState {
    return { problem: problem instanceof Error ? problem : new Error(String(problem)) };
  }

  override state: GuardState = { problem: null };

  readonly #again = (): void => this.setState({ problem: null });

  override render(): ReactNode {
    const { problem } = this.state;
    return problem === null ? this.props.children : this.props.instead(problem, this.#again);
  }
}
