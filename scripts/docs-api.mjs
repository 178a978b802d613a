// npm run docs:api: writes docs/api.md, the API reference, from the type declarations.

import { pageStep } from "./docs/write-page.mjs";
import { runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";

await runScript(async () => {
  readOptions({});
  const make = async () => (await import("./docs/api-reference.mjs")).apiReference();
  await runSteps([...(await setUp("npm packages")), pageStep("docs/api.md", make)]);
});
