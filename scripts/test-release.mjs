// npm run test:release: the files of a release, with the tools that make them.

import { BUILD_NEEDS, buildSteps } from "./build/steps.mjs";
import { runTests } from "./test/run-tests.mjs";

await runTests({
  needs: [...BUILD_NEEDS, "cargo-about", "cargo-cyclonedx"],
  first: buildSteps(),
  suites: ["release"],
});
