// npm run test:browsers: passkeys, push and TOTP in Chromium and Firefox, and in WebKitGTK, which has no passkeys.

import { BUILD_NEEDS, buildSteps } from "./build/steps.mjs";
import { runTests } from "./test/run-tests.mjs";

await runTests({
  needs: [...BUILD_NEEDS, "chromium", "firefox", "geckodriver", "webkit"],
  first: buildSteps(),
  suites: ["browsers"],
});
