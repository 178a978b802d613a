// Creates a folder with exactly the published files.
//
// Consumers, tests and releases pack such a folder. The root of the repository is never packed: its package.json is
// private, and the folders for old resolvers exist only here.

import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { ExpectedFailure } from "../failure.mjs";
import { root } from "../run.mjs";
import { publishLinks } from "./links.mjs";
import { publishedManifest, subpathManifests } from "./manifest.mjs";

/** The published files besides those in pkg/. */
const COPIED = [
  "pkg",
  "docs",
  "README.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "LICENSE-MIT",
  "LICENSE-APACHE",
  "THIRD-PARTY-NOTICES.md",
];

/** Not the site of the documentation, build folders of the examples, those in Rust, which are built in the repository, and the demo's pictures. */
export const isPublished = (path) =>
  !/[/\\](?:\.vitepress|target|node_modules|examples[/\\]rust|demo-(?:light|dark)\.png)$/.test(path);

const writeJson = (path, value) => writeFile(path, `${JSON.stringify(value, null, 2)}\n`);

/** Creates or replaces `folder`. */
export const stage = async (folder) => {
  if (!existsSync(join(root, "pkg/index.js"))) throw new ExpectedFailure("pkg/ has not been built. Run: npm run build");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of COPIED) await cp(join(root, name), join(folder, name), { recursive: true, filter: isPublished });

  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  await writeJson(join(folder, "package.json"), publishedManifest(manifest));
  for (const [name, subpathManifest] of Object.entries(subpathManifests(manifest))) {
    await mkdir(join(folder, name), { recursive: true });
    await writeJson(join(folder, name, "package.json"), subpathManifest);
  }

  const published = await readdir(folder, { recursive: true });
  for (const path of published.filter((name) => name.endsWith(".md"))) {
    const page = join(folder, path);
    await writeFile(page, publishLinks(await readFile(page, "utf8"), { path, published, manifest }));
  }
};
