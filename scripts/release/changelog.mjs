// CHANGELOG.md, by the conventions of keepachangelog.com. `node scripts/release/changelog.mjs VERSION` prints an entry.

import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { root } from "../run.mjs";

const HEADING = /^## \[(?<version>[^\]]+)\](?: - (?<date>\d{4}-\d{2}-\d{2}))?$/gm;

/** The entry of a version, `{ date, body }`; undefined without one that has a date and says something. */
export const findEntry = (changelog, version) => {
  const headings = [...changelog.matchAll(HEADING)];
  const at = headings.findIndex(({ groups }) => groups.version === version);
  if (at < 0) return undefined;
  const { 0: heading, index, groups } = headings[at];
  const body = changelog.slice(index + heading.length, headings[at + 1]?.index).trim();
  return groups.date && /^- \S/m.test(body) ? { date: groups.date, body } : undefined;
};

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const version = process.argv[2];
  const entry = findEntry(await readFile(join(root, "CHANGELOG.md"), "utf8"), version);
  if (entry) console.log(entry.body);
  else {
    console.error(`CHANGELOG.md has no entry for ${version}.`);
    process.exitCode = 1;
  }
}
