// npm run docs:api: writes docs/api.md, the API reference, from the type declarations.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { runScript } from "./failure.mjs";
import { runSteps } from "./progress.mjs";
import { root } from "./run.mjs";
import { setUp } from "./setup.mjs";

const write = async () => {
  const { apiReference } = await import("./docs/api-reference.mjs");
  const file = join(root, "docs/api.md");
  const text = await apiReference();
  const before = await readFile(file, "utf8").catch(() => "");
  await writeFile(file, text);
  return { result: before === text ? "unchanged" : "changed" };
};

await runScript(async () => runSteps([...(await setUp("npm packages")), { title: "Write docs/api.md", run: write }]));
