/** The type of our files is said in two places: where they are saved, and where the installed app asks to open them. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FILE_EXTENSION, FILE_MIME } from "../../src/formats/json_files.ts";

it("is the same in the manifest of the app", () => {
  const manifest = JSON.parse(readFileSync("public/manifest.webmanifest", "utf8"));
  const accepted = manifest.file_handlers.map((one: { accept: object }) => one.accept);
  expect(accepted).toEqual([{ [FILE_MIME]: [FILE_EXTENSION] }]);
});
