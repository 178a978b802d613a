// npm run test:soak: the suites that take an hour together, to be run at night and before a release.
//
//   node scripts/test-soak.mjs [--seed 17] [NAME…]     --seed: repeats an earlier run; NAME: part of a suite's title

import { BUILD_NEEDS, buildSteps, injectionSteps, localCloudStep } from "./build/steps.mjs";
import { ExpectedFailure, runScript } from "./failure.mjs";
import { FUZZ_NEEDS, fuzzSteps, fuzzTargets } from "./fuzz/steps.mjs";
import { readCount, readOptions } from "./options.mjs";
import { setUp } from "./setup.mjs";
import { soakSuites } from "./soak/suites.mjs";
import { runWithSummary } from "./soak/summary.mjs";
import { suiteStep } from "./test/suites.mjs";

await runScript(async () => {
  const { values, positionals } = readOptions({ seed: { type: "string" } }, { allowPositionals: true });
  const seed = values.seed === undefined ? 1 + Math.floor(Math.random() * 1e6) : readCount("seed", values.seed);
  const [fuzzBuild, ...fuzz] = fuzzSteps(await fuzzTargets(), 30);
  const isChosen = ({ title }) => !positionals.length || positionals.some((part) => title.includes(part));
  const suites = soakSuites(String(seed))
    .filter(isChosen)
    .map((suite) => suiteStep(suite, new Map()));
  const targets = fuzz.filter(isChosen);
  if (!suites.length && !targets.length)
    throw new ExpectedFailure(`No soak suite has a title with ${positionals.join(" or ")}.`);
  console.log(`Seed ${seed}: \`npm run test:soak -- --seed ${seed}\` repeats this run`);
  await runWithSummary({
    title: `Soak, seed ${seed}`,
    first: [
      ...(await setUp(...BUILD_NEEDS, "nextest", "chromium", ...FUZZ_NEEDS)),
      ...buildSteps(),
      ...injectionSteps(),
      localCloudStep,
    ],
    suites: [...suites, ...(targets.length ? [fuzzBuild, ...targets] : [])],
  });
});
