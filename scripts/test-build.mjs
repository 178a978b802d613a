// npm run test:build: what the build makes of ordinary Rust, and what wasm-pack makes of the repository.

import { BUILD_NEEDS, buildSteps } from "./build/steps.mjs";
import { runTests } from "./test/run-tests.mjs";

await runTests({
  needs: [...BUILD_NEEDS, "wasm-pack", "chromium"],
  first: buildSteps(),
  suites: ["build"],
});
