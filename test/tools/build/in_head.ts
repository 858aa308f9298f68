/** A script that stands in a page's head itself, in one line; the build's names of files are put in. */
import { join } from "node:path";
import { build, type Rolldown } from "vite";

/** @param file under `src`; @param define what it declares, by name */
export async function inHead(
  root: string,
  file: string,
  define: Readonly<Record<string, unknown>>,
): Promise<string> {
  const values = Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)]);
  const output = await build({
    configFile: false,
    root,
    logLevel: "error",
    define: Object.fromEntries(values),
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: { input: join(root, "src", file), output: { format: "iife" } },
    },
  });
  const outputs = [output].flat() as readonly Rolldown.RolldownOutput[];
  const script = outputs
    .flatMap((one) => one.output)
    .flatMap((one) => (one.type === "chunk" ? [one.code.trim()] : []))
    .join("");
  if (script === "" || script.includes("</script")) throw new Error(`${file} begins nothing`);
  return script;
}
