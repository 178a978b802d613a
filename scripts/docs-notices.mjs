// npm run docs:notices: writes THIRD-PARTY-NOTICES.md, the licenses of all third-party code in the package.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { runScript } from "./failure.mjs";
import { runSteps } from "./progress.mjs";
import { makeNotices, NOTICES_NEEDS, PAGE } from "./release/notices.mjs";
import { root } from "./run.mjs";
import { setUp } from "./setup.mjs";

const write = async () => {
  const file = join(root, PAGE);
  const text = await makeNotices();
  const before = await readFile(file, "utf8").catch(() => "");
  await writeFile(file, text);
  return { result: before === text ? "unchanged" : "changed" };
};

await runScript(async () => runSteps([...(await setUp(...NOTICES_NEEDS)), { title: `Write ${PAGE}`, run: write }]));
