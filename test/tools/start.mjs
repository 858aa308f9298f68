/** `npm start`: builds the site and serves it on 127.0.0.1, port 5173 or the next that is free. */
import { build, preview } from "vite";

await build({ logLevel: "warn" });
const server = await preview({
  logLevel: "warn",
  preview: { host: "127.0.0.1", port: 5173, strictPort: false },
});
console.log(`\n  Interleave runs at ${server.resolvedUrls?.local[0]}\n  Ctrl+C ends it.\n`);
