// npm run test:release: the files of a release, with the tools that make them, and the package of the local cloud in an empty
// project.

import { BUILD_NEEDS, buildSteps } from "./build/steps.mjs";
import { CLOUD_PACKAGE_NEEDS, cloudPackageStep } from "./cloud-package/steps.mjs";
import { runTests } from "./test/run-tests.mjs";

await runTests({
  needs: [...BUILD_NEEDS, ...CLOUD_PACKAGE_NEEDS, "cargo-about", "cargo-cyclonedx", "chromium"],
  first: [...buildSteps(), cloudPackageStep()],
  suites: ["release", "cloud-package"],
});
