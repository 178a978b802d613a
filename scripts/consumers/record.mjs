// The last run of each consumer on this machine: when it passed, and with which versions of its tools.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { workshop } from "./project.mjs";

const file = join(workshop, "passed.json");

/**
 * The runs by the consumers' names.
 *
 * @returns {Promise<Record<string, { versions: string, date: string }>>}
 */
export const readRecord = async () => {
  const text = await readFile(file, "utf8").catch(() => "{}");
  return JSON.parse(text);
};

/** Records that a consumer passed with these versions, or, without any, that it has begun and has not passed yet. */
export const record = async ({ name }, versions) => {
  const runs = await readRecord();
  if (versions === undefined) delete runs[name];
  else runs[name] = { versions, date: new Date().toISOString().slice(0, 10) };
  await mkdir(workshop, { recursive: true });
  await writeFile(file, JSON.stringify(runs, null, 2));
};
