/**
 * The headless door to the result-set pipeline: `npm run --silent replay-net -- FILE` reads a file laid out as the recorded
 * `transcripts/net/sends.json` and writes the same JSON with `packets` and `sends` filled in by the simulator.
 */
import { readFileSync } from "node:fs";
import { type NetProfile, playNetProfile } from "./net_profiles.ts";

main(process.argv.slice(2));

function main(files: readonly string[]): void {
  const [file] = files;
  if (file === undefined || files.length > 1) {
    process.stderr.write("usage: npm run --silent replay-net -- FILE\n");
    process.exitCode = 2;
    return;
  }
  const { profiles, ...head } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly profiles: readonly NetProfile[];
    readonly table?: string;
  };
  const lines = profiles.map((profile) => JSON.stringify(filledIn(profile, head.table)));
  const fields = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  const body = `  "profiles": [\n${lines.map((line) => `    ${line}`).join(",\n")}\n  ]`;
  process.stdout.write(`{\n${[...fields, body].join(",\n")}\n}\n`);
}

/** A profile that makes the simulator fail gets `crash` in the place of its numbers; the others go on. */
function filledIn(profile: NetProfile, table: string | undefined): object {
  const { id, netBufferLength, rows, setup, before, sql } = profile;
  const asked = {
    id,
    netBufferLength,
    ...(rows === undefined ? {} : { rows }),
    ...(setup === undefined ? {} : { setup }),
    ...(before === undefined ? {} : { before }),
    sql,
  };
  try {
    const { sends, packets, bytes } = playNetProfile(profile, table);
    return { ...asked, sends, packets, ...("bytes" in profile ? { bytes } : {}) };
  } catch (error) {
    process.exitCode = 1;
    const crash = error instanceof Error ? error.message : String(error);
    return { ...asked, crash };
  }
}
