// npm run test:python-sdk: AuthSec's published Python SDK, unchanged, against the local cloud.

import { runTests } from "./test/run-tests.mjs";

await runTests({ needs: ["crates"], suites: ["python"] });
