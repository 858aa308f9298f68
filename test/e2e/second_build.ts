/** A newer build of a built site: every script under another name, the old ones gone, and a title that tells. */
import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const NEW_TITLE = "Interleave, the second build";

const PART = "engine-";
const ENDING = /.{8}\.js$/;
const PARTS_ENDING = "SECOND00.js";

export function makeSecondBuild(folder: string, into: string): void {
  cpSync(folder, into, { recursive: true });
  const assets = join(into, "assets");
  const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
  // The engine's parts have one hash, which stands once in the text that asks for them.
  const parts = scripts.find((name) => name.startsWith(PART))?.match(ENDING)?.[0];
  if (parts === undefined) throw new Error("the engine has no parts");
  const renamed = scripts.map((name, at) => [
    name,
    name.replace(ENDING, name.startsWith(PART) ? PARTS_ENDING : `SECOND${10 + at}.js`),
  ]);
  for (const [old = "", name = ""] of renamed) renameSync(join(assets, old), join(assets, name));
  const texts = [
    ...renamed.map(([_, name = ""]) => join("assets", name)),
    ...["index.html", "embed.html", "service_worker.js"],
  ];
  for (const name of texts) {
    change(join(into, name), (text) =>
      renamed
        .reduce((now, [old = "", other = ""]) => now.replaceAll(old, other), text)
        .replaceAll(`-${parts}`, `-${PARTS_ENDING}`),
    );
  }
  change(join(into, "index.html"), (text) => text.replace(/<title>[^<]*/, `<title>${NEW_TITLE}`));
  change(join(into, "service_worker.js"), (text) =>
    text.replace(/(url:`index\.html`,revision:`)\w+/, "$1second0000000000"),
  );
}

function change(file: string, by: (text: string) => string): void {
  const text = readFileSync(file, "utf8");
  const changed = by(text);
  if (/(html|service_worker\.js)$/.test(file) && changed === text) {
    throw new Error(`nothing to change in ${file}`);
  }
  writeFileSync(file, changed);
}
