/** The site, or in its place what can be done when it could not be drawn. */
import { lazy, type ReactNode, Suspense } from "react";
import { Guard } from "./Guard.tsx";

/** Loaded behind the first picture: a fault should not wait for the network. */
export async function loadCrashScreen() {
  const { CrashScreen } = await import("./CrashScreen.tsx");
  return { default: CrashScreen };
}

const CrashScreen = lazy(() => loadCrashScreen().catch(() => ({ default: Problem })));

export function GuardedSite({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Guard
      instead={(problem, again) => (
        <Suspense fallback={<Problem problem={problem} />}>
          <CrashScreen problem={problem} again={again} />
        </Suspense>
      )}
    >
      {children}
    </Guard>
  );
}

function Problem({ problem }: { readonly problem: Error }): ReactNode {
  return (
    <main className="crash" role="alert">
      <p className="crash-problem">{`${problem.name}: ${problem.message}`}</p>
    </main>
  );
}
