// node scripts/release/print-entry.mjs VERSION: prints the version's entry in CHANGELOG.md, for the page of the release.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { ExpectedFailure, runScript } from "../failure.mjs";
import { root } from "../run.mjs";
import { findEntry } from "./changelog.mjs";

await runScript(async () => {
  const version = process.argv[2];
  const entry = findEntry(await readFile(join(root, "CHANGELOG.md"), "utf8"), version);
  if (!entry) throw new ExpectedFailure(`CHANGELOG.md has no entry for ${version}.`);
  console.log(entry.body);
});
