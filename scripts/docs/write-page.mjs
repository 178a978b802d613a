// Writes a generated page of the repository.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { root } from "../run.mjs";

/** Writes `text` to `path`, from the root, if it differs; resolves to whether it did. */
export const writePage = async (path, text) => {
  const file = join(root, path);
  if ((await readFile(file, "utf8").catch(() => undefined)) === text) return false;
  await writeFile(file, text);
  return true;
};

/** The step that makes and writes a page. */
export const pageStep = (path, make) => ({
  title: `Write ${path}`,
  run: async () => ({ result: (await writePage(path, await make())) ? "changed" : "unchanged" }),
});
