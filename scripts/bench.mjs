// npm run bench: what the package costs, beside plain JavaScript and its peers. Writes docs/bench.md and its chart.
//
//   node scripts/bench.mjs [PART…]     PART: one of scripts/bench/steps.mjs; with parts nothing is written
//
// Compare ratios of pairs that were timed in one round; absolute times are those of this machine.

import { benchSteps, PARTS } from "./bench/steps.mjs";
import { BUILD_NEEDS } from "./build/steps.mjs";
import { ExpectedFailure, runScript } from "./failure.mjs";
import { runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";
import { buildStepsIfMissing } from "./test/run-tests.mjs";
import { localCloudStep } from "./test/suites.mjs";

await runScript(async () => {
  const parts = process.argv.slice(2).filter((argument) => argument !== "--verbose");
  for (const part of parts)
    if (!Object.hasOwn(PARTS, part))
      throw new ExpectedFailure(`The benchmark has no part ${part}: choose from ${Object.keys(PARTS).join(", ")}.`);
  const setup = await setUp(...BUILD_NEEDS, "chromium", "firefox", "geckodriver");
  await runSteps([...setup, ...buildStepsIfMissing(), localCloudStep, ...benchSteps(parts)]);
});
