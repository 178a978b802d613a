// npm run test:e2e: the end-to-end tests in Chromium, against the local cloud.
//
//   node scripts/test-e2e.mjs [NAME…]     NAME: part of a suite's name, as "passkeys"

import { BUILD_NEEDS, buildSteps, injectionSteps } from "./build/steps.mjs";
import { runTests } from "./test/run-tests.mjs";
import { SUITES } from "./test/suites.mjs";

await runTests({
  needs: [...BUILD_NEEDS, "chromium"],
  first: [...buildSteps(), ...injectionSteps()],
  suites: Object.keys(SUITES).filter((suite) => suite.startsWith("e2e:")),
  isSelective: true,
});
