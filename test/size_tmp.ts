import { gzipSync } from "node:zlib";
import { LESSONS } from "../src/lessons/lessons.ts";
import { WorkerHost } from "../src/worker/host.ts";
import { PROTOCOL_VERSION } from "../src/protocol/messages.ts";
for (const { id, scenario } of LESSONS) {
  const events: any[] = [];
  new WorkerHost((r) => { if (r.kind === "events") events.push(...r.events); }).handle({ v: PROTOCOL_VERSION, id: 1, kind: "reset", scenario });
  const j = JSON.stringify(events);
  console.log(id, events.length, j.length, gzipSync(j, { level: 9 }).length);
  if (id === "long-stream" || id === "lost-connection" || id==="slow-client") { const by: any = {}; for (const e of events) { const k = e.type; by[k] ??= [0, 0]; by[k][0]++; by[k][1] += JSON.stringify(e).length; } console.log(Object.entries(by).sort((a: any, b: any) => b[1][1] - a[1][1]).slice(0, 12).map(([k, v]: any) => k + " " + v.join("/")).join(", ")); for (const t of ["net.packet","row.sent","net.rowSent"]) {} console.log(events.slice(-60,-54).map((e)=>JSON.stringify(e)).join("\n")); }
}
