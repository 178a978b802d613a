// npm test: sets up, lints, builds, and runs every suite that ends within minutes.

import { BUILD_NEEDS, buildSteps, injectionSteps } from "./build/steps.mjs";
import { LINT_NEEDS, lintSteps } from "./lint/steps.mjs";
import { runTests } from "./test/run-tests.mjs";
import { LONGER, SUITES } from "./test/suites.mjs";

await runTests({
  needs: [...new Set([...BUILD_NEEDS, ...LINT_NEEDS, "wasm-pack", "nextest", "chromium"])],
  first: [...lintSteps(), ...buildSteps(), ...injectionSteps()],
  suites: Object.keys(SUITES).filter((name) => !LONGER.includes(name)),
});
