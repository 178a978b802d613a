// npm run docs:notices: writes THIRD-PARTY-NOTICES.md, the licenses of all third-party code in the package.

import { pageStep } from "./docs/write-page.mjs";
import { runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { makeNotices, NOTICES_NEEDS, PAGE } from "./release/notices.mjs";
import { setUp } from "./setup.mjs";

await runScript(async () => {
  readOptions({});
  await runSteps([...(await setUp(...NOTICES_NEEDS)), pageStep(PAGE, makeNotices)]);
});
