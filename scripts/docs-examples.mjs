// npm run docs:examples: writes into README.md and docs/ the files, or parts of files, that they quote.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { pagePaths, renewQuotations } from "./docs/quote-examples.mjs";
import { runScript } from "./failure.mjs";
import { runSteps } from "./progress.mjs";
import { root } from "./run.mjs";

const renew = async () => {
  const changed = [];
  for (const path of await pagePaths()) {
    const text = await readFile(join(root, path), "utf8");
    const now = await renewQuotations(text);
    if (now === text) continue;
    await writeFile(join(root, path), now);
    changed.push(path);
  }
  return { result: changed.length ? `changed: ${changed.join(", ")}` : "unchanged" };
};

await runScript(() => runSteps([{ title: "Renew the quotations in README.md and docs/", run: renew }]));
