// npm run bench: what a call costs, beside plain JavaScript and the package's peers. Writes docs/bench.md and its chart.
//
// Ratios of pairs that were timed in one round say something; absolute times are this machine's.

import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import * as esbuild from "esbuild";

import { openBlankPage } from "../tests/e2e/support/blank-page.mjs";
import { launchBrowser, WILLING } from "../tests/e2e/support/browser.mjs";
import { chart } from "./bench/chart.mjs";
import { document } from "./bench/document.mjs";
import { summarize } from "./bench/summary.mjs";
import { root, run, step } from "./run.mjs";
import { ensureBuildTools, ensureTestTools } from "./tools.mjs";

const CREDENTIALS = [1, 10, 100, 1000];
const ROUNDS = 40;

await ensureBuildTools();
await ensureTestTools();
if (!existsSync(join(root, "pkg/index.js"))) await run("node", ["scripts/build.mjs"]);

const bundle = async (path) => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, "bench", path)],
    bundle: true,
    format: "esm",
    external: ["/pkg/*", "/contenders.js"],
    minify: true,
    write: false,
  });
  return outputFiles[0].text;
};

const browser = await launchBrowser();
try {
  const { page, context, close } = await openBlankPage(browser, {
    scripts: { "/page.js": await bundle("page.mjs"), "/contenders.js": await bundle("contenders.mjs") },
    documents: { "/": '<script type="module" src="/page.js"></script>' },
  });
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", { options: WILLING });
  await page.waitForFunction(() => globalThis.bench);
  step("Loading");
  const module = await page.evaluate(() => bench.prepare());
  const measured = [];
  for (const credentials of CREDENTIALS) {
    step(`${ROUNDS} rounds with ${credentials} allowed credential${credentials > 1 ? "s" : ""}`);
    const calls = Math.max(2, Math.round(100 / Math.sqrt(credentials)));
    const times = await page.evaluate((options) => bench.time(options), { rounds: ROUNDS, calls, credentials });
    measured.push({ credentials, rows: summarize(times) });
    console.table(measured.at(-1).rows);
  }
  await close();
  await writeFile(join(root, "docs/bench.svg"), chart(measured));
  await writeFile(join(root, "docs/bench.md"), document({ measured, module, browser: browser.version() }));
  console.log("\n  docs/bench.md and docs/bench.svg are written");
} finally {
  await browser.close();
}
