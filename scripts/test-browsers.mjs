// npm run test:browsers: passkeys, push and TOTP in Chromium and Firefox, and in WebKitGTK, which has no passkeys.

import { BUILD_NEEDS } from "./build/steps.mjs";
import { buildStepsIfMissing, runTests } from "./test/run-tests.mjs";

await runTests({
  needs: [...BUILD_NEEDS, "chromium", "firefox", "geckodriver", "webkit"],
  first: buildStepsIfMissing(),
  suites: ["browsers"],
});
