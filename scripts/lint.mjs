// npm run lint: formatting, lints with warnings denied, types, licenses and their notices, workflows.

import { runScript } from "./failure.mjs";
import { LINT_NEEDS, lintSteps } from "./lint/steps.mjs";
import { runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";

await runScript(async () => runSteps([...(await setUp(...LINT_NEEDS)), ...lintSteps()]));
