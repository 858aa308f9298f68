/**
 * The last line of a test run: `N passed, N failed`, alone on its line, for readers that know no
 * test runner. A file that cannot be loaded and an error outside every test count as one failure
 * each, and a run in which no test was executed fails.
 */
import type { Reporter, TestModule } from "vitest/node";

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

type CountedModule = Pick<TestModule, "ok"> & {
  readonly children: { allTests(): Iterable<{ result(): { readonly state: string } }> };
  readonly project: { readonly name: string };
};

export class CountReporter implements Reporter {
  readonly #projects: readonly string[];
  #closing = "0 passed, 1 failed";
  #failed = true;

  /** `projects` names those that must each execute a test: none in a run that was narrowed. */
  constructor(projects: readonly string[] = []) {
    this.#projects = projects;
  }

  onInit(): void {
    // After every other reporter and after the global teardowns, and also when the run broke off.
    process.once("exit", () => {
      if (this.#failed && !process.exitCode) process.exitCode = 1;
      process.stdout.write(`${this.#closing}\n`);
    });
  }

  onTestRunEnd(modules: readonly CountedModule[], errors: readonly unknown[]): void {
    const counts = count(modules, errors.length);
    const idle = idleProjects(this.#projects, modules);
    for (const name of idle) console.error(`No test of the project "${name}" was executed.`);
    if (counts.skipped > 0) console.log(`${counts.skipped} skipped`);
    const failed = counts.failed + idle.length;
    this.#closing = `${counts.passed} passed, ${failed} failed`;
    this.#failed = failed > 0 || counts.passed === 0;
    if (counts.passed + failed === 0) console.error("No test was executed.");
  }
}

/** `errors` is the number of errors that belong to no test. */
export function count(modules: readonly CountedModule[], errors: number): Counts {
  const total = { passed: 0, failed: errors, skipped: 0 };
  for (const module of modules) {
    const states = statesOf(module);
    const failed = states.filter((state) => state === "failed").length;
    total.passed += states.filter((state) => state === "passed").length;
    total.skipped += states.filter((state) => state === "skipped").length;
    total.failed += failed > 0 || module.ok() ? failed : 1;
  }
  return total;
}

/** Those of `names` in which nothing ran. */
export function idleProjects(
  names: readonly string[],
  modules: readonly CountedModule[],
): string[] {
  return names.filter(
    (name) =>
      !modules.some(
        (module) =>
          module.project.name === name && statesOf(module).some((state) => state !== "skipped"),
      ),
  );
}

function statesOf(module: CountedModule): string[] {
  return [...module.children.allTests()].map((test) => test.result().state);
}
