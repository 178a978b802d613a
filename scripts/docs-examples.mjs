// npm run docs:examples: updates the quoted files, or parts of files, in README.md and docs/.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { pagePaths, updateQuotations } from "./docs/quote-examples.mjs";
import { writePage } from "./docs/write-page.mjs";
import { runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { root } from "./run.mjs";

const update = async () => {
  const changed = [];
  for (const path of await pagePaths()) {
    const text = await updateQuotations(await readFile(join(root, path), "utf8"));
    if (await writePage(path, text)) changed.push(path);
  }
  return { result: changed.length ? `changed: ${changed.join(", ")}` : "unchanged" };
};

await runScript(async () => {
  readOptions({});
  await runSteps([{ title: "Update the quotations in README.md and docs/", run: update }]);
});
