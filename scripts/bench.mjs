// npm run bench: what the package costs, beside plain JavaScript and the peers. Writes docs/bench.md and its chart.
//
// Ratios of pairs that were timed in one round say something; absolute times are this machine's. With names of parts
// (`npm run bench -- calls start`) only those are run, and nothing is written.

import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { measureBoundary } from "./bench/boundary.mjs";
import { bundle } from "./bench/bundle.mjs";
import { measureCalls } from "./bench/calls.mjs";
import { measureCeremony } from "./bench/ceremony.mjs";
import { chart } from "./bench/chart.mjs";
import { buildCounting } from "./bench/counting.mjs";
import { document } from "./bench/document.mjs";
import { measureLoading } from "./bench/loading.mjs";
import { judge } from "./bench/promises.mjs";
import { startSite } from "./bench/site.mjs";
import { measureStart } from "./bench/start.mjs";
import { root, run, step } from "./run.mjs";
import { ensureBrowsers, ensureBuildTools } from "./tools.mjs";

const PARTS = {
  boundary: (origin, counting) => measureBoundary(origin, counting),
  calls: (origin) => measureCalls(origin),
  ceremony: () => measureCeremony(),
  loading: () => measureLoading(),
  start: (origin) => measureStart(origin),
};

const wanted = process.argv.slice(2);
for (const part of wanted)
  if (!Object.hasOwn(PARTS, part)) throw new Error(`no part ${part}: there are ${Object.keys(PARTS).join(", ")}`);

await ensureBuildTools();
await ensureBrowsers();
if (!existsSync(join(root, "pkg/index.js"))) await run("node", ["scripts/build.mjs"]);
step("A build that counts");
const counting = await buildCounting();

const files = {
  "/": '<!doctype html><title>Benchmark</title><script type="module" src="/page.js"></script>',
  "/empty": "<!doctype html><title>Benchmark</title>",
  "/page.js": await bundle("index.mjs"),
  "/counting.js": counting.script,
};
for (const name of await readdir(join(root, "pkg"))) files[`/pkg/${name}`] = await readFile(join(root, "pkg", name));

const site = await startSite(files);
const results = {};
try {
  for (const [part, measure] of Object.entries(PARTS))
    if (!wanted.length || wanted.includes(part)) results[part] = await measure(site.origin, counting);
} finally {
  site.stop();
}

step("What was promised, and what was found");
for (const { promise, found, limit, isMet } of judge(results))
  console.log(`  ${isMet ? "met    " : "NOT MET"}  ${promise}: ${found} (${limit})`);
if (wanted.length) console.log("\n  Parts alone: nothing is written.");
else {
  await writeFile(join(root, "docs/bench.svg"), chart(results));
  await writeFile(join(root, "docs/bench.md"), document(results));
  console.log("\n  docs/bench.md and docs/bench.svg are written.");
}
