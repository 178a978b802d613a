// npm run docs:examples: updates the quoted files, or parts of files, in README.md and docs/.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { pagePaths, updateQuotations } from "./docs/quote-examples.mjs";
import { runScript } from "./failure.mjs";
import { runSteps } from "./progress.mjs";
import { root } from "./run.mjs";

const update = async () => {
  const changed = [];
  for (const path of await pagePaths()) {
    const text = await readFile(join(root, path), "utf8");
    const updated = await updateQuotations(text);
    if (updated === text) continue;
    await writeFile(join(root, path), updated);
    changed.push(path);
  }
  return { result: changed.length ? `changed: ${changed.join(", ")}` : "unchanged" };
};

await runScript(() => runSteps([{ title: "Update the quotations in README.md and docs/", run: update }]));
