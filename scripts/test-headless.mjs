// npm run test:headless: the headless tests of the browser's edge, `wasm-pack test`, for both modules.
//
//   node scripts/test-headless.mjs [--browser chrome|firefox] [--times 5]     --times: how often, one after the other

import { ExpectedFailure, runScript } from "./failure.mjs";
import { readCount, readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";
import { HEADLESS_NEEDS, headlessIn } from "./test/headless.mjs";
import { describeTotals, SUITES, suiteStep } from "./test/suites.mjs";

await runScript(async () => {
  const started = Date.now();
  const { values } = readOptions({
    browser: { type: "string", default: "chrome" },
    times: { type: "string", default: "1" },
  });
  if (!Object.hasOwn(HEADLESS_NEEDS, values.browser))
    throw new ExpectedFailure(
      `--browser must be ${Object.keys(HEADLESS_NEEDS).join(" or ")}, but is "${values.browser}".`,
    );
  const times = readCount("times", values.times);
  const setup = await setUp(...HEADLESS_NEEDS[values.browser]);
  const totals = new Map();
  const suite = { ...SUITES.headless, run: () => headlessIn(values.browser) };
  const runs = Array.from({ length: times }, () => suiteStep(suite, totals));
  await runSteps([...setup, ...runs], { details: false });
  console.log(`\n${describeTotals(totals, Date.now() - started)}`);
});
