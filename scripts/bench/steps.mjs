// The steps of the benchmark. What they import from npm they import as they run: set-up comes before.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { root } from "../run.mjs";

/** By name, what each part measures. */
export const PARTS = {
  boundary: "Measure one ceremony: crossings, allocations, memory",
  calls: "Time a call in Chromium and Firefox, on a browser that responds at once",
  ceremony: "Time a whole ceremony in Chromium, against the local cloud",
  loading: "Trace the loading of a page",
  start: "Time the start in fresh processes of Chromium",
};

/**
 * The steps that measure these parts; with all of them, docs/bench.md and its chart are written.
 *
 * @param {string[]} parts names of PARTS; none means all
 * @returns {{ steps: import("../progress.mjs").Step[], close: () => void }} `close` ends what they started, also after a
 *   failure
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
      title: "Compare the figures with what is promised",
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
  lines.push(isWhole ? "\n  docs/bench.md and docs/bench.svg are written." : "\n  Parts alone: nothing is written.");
  return { details: lines.join("\n") };
};
