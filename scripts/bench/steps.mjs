// The steps of the benchmark. They import npm packages dynamically, because an earlier step installs these.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { root } from "../run.mjs";

/** The titles of the parts, by name. */
export const PARTS = {
  boundary: "Count calls, allocations and memory pages of one ceremony",
  calls: "Time a call in Chromium and Firefox, with stubbed browser functions",
  ceremony: "Time a whole ceremony in Chromium, against the local cloud",
  loading: "Trace the loading of a page",
  start: "Time the start in new processes of Chromium",
};

/**
 * The steps that measure parts. If all are measured, docs/bench.md and its chart are written.
 *
 * @param {string[]} parts names in PARTS; none means all
 * @returns {{ steps: import("../progress.mjs").Step[], close: () => void }} `close` stops what they started, also after
 *   a failure
 */
export const benchSteps = (parts) => {
  const wanted = parts.length ? parts : Object.keys(PARTS);
  const results = {};
  let counting, site;
  const measures = {
    boundary: async () => (await import("./boundary.mjs")).measureBoundary(site.origin, counting),
    calls: async () => (await import("./calls.mjs")).measureCalls(site.origin),
    ceremony: async () => (await import("./ceremony.mjs")).measureCeremony(),
    loading: async () => (await import("./loading.mjs")).measureLoading(),
    start: async () => (await import("./start.mjs")).measureStart(site.origin),
  };
  const steps = [
    {
      title: "Build a package that counts its allocations",
      run: async () => {
        counting = await (await import("./counting.mjs")).buildCounting();
        site = await startBenchSite(counting);
      },
    },
    ...wanted.map((part) => ({
      title: PARTS[part],
      run: async () => {
        results[part] = await measures[part]();
      },
    })),
    {
      title: "Compare the figures with the promises",
      run: () => report(results, { isWhole: !parts.length }),
    },
  ];
  return { steps, close: () => site?.stop() };
};

const startBenchSite = async (counting) => {
  const { bundle } = await import("./bundle.mjs");
  const { startSite } = await import("./site.mjs");
  const files = {
    "/": '<!doctype html><title>Benchmark</title><script type="module" src="/page.js"></script>',
    "/empty": "<!doctype html><title>Benchmark</title>",
    "/page.js": await bundle("index.mjs"),
    "/counting.js": counting.script,
  };
  for (const name of await readdir(join(root, "pkg"))) files[`/pkg/${name}`] = await readFile(join(root, "pkg", name));
  return startSite(files);
};

const report = async (results, { isWhole }) => {
  const { judge } = await import("./promises.mjs");
  const lines = judge(results).map(
    ({ promise, found, limit, isMet }) => `  ${isMet ? "met    " : "NOT MET"}  ${promise}: ${found} (${limit})`,
  );
  if (isWhole) {
    const [{ chart }, { document }] = [await import("./chart.mjs"), await import("./document.mjs")];
    await writeFile(join(root, "docs/bench.svg"), chart(results));
    await writeFile(join(root, "docs/bench.md"), document(results));
  }
  lines.push(
    isWhole
      ? "\n  docs/bench.md and docs/bench.svg are written."
      : "\n  Only some parts were measured: nothing is written.",
  );
  return { details: lines.join("\n") };
};
