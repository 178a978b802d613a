// npm run docs:notices: writes the two pages THIRD-PARTY-NOTICES.md, the licenses of all third-party code in the packages.

import { pageStep } from "./docs/write-page.mjs";
import { runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { ALL_NOTICES, makeNotices, NOTICES_NEEDS } from "./release/notices.mjs";
import { setUp } from "./setup.mjs";

await runScript(async () => {
  readOptions({});
  await runSteps([
    ...(await setUp(...NOTICES_NEEDS)),
    ...ALL_NOTICES.map((page) => pageStep(page.path, () => makeNotices(page))),
  ]);
});
