// npm run test:headless: the headless tests of the browser's edge, `wasm-pack test` in Chromium.
//
//   node scripts/test-headless.mjs [--times 5]     --times: how often, one after the other

import { ExpectedFailure, runScript } from "./failure.mjs";
import { runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";
import { describeTotals, SUITES, suiteStep } from "./test/suites.mjs";

await runScript(async () => {
  const started = Date.now();
  const at = process.argv.indexOf("--times");
  const times = at < 0 ? 1 : Number(process.argv[at + 1]);
  if (!(Number.isInteger(times) && times > 0))
    throw new ExpectedFailure(
      `--times must be a whole number above 0, and is ${JSON.stringify(process.argv[at + 1])}.`,
    );
  const setup = await setUp("wasm target", "crates", "wasm-bindgen", "wasm-pack", "chromium");
  const totals = new Map();
  const runs = Array.from({ length: times }, () => suiteStep(SUITES.headless, totals));
  await runSteps([...setup, ...runs], { details: false });
  console.log(`\n${describeTotals(totals, Date.now() - started)}`);
});
