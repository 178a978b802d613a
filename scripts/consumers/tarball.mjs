// Packs and unpacks the package as npm does.

import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { run } from "../run.mjs";

/** Packs the package into `folder`. Resolves to `{ file, names }`: the tarball, and the paths in it. */
export const pack = async (folder) => {
  // A dynamic import: it needs an npm package, and scripts import this file before they install those.
  const { stage } = await import("../package/stage.mjs");
  const staged = join(folder, "package");
  await stage(staged);
  const output = await run("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder], {
    capture: true,
    cwd: staged,
  });
  // An array; since npm 12 an object by name.
  const [{ filename, files }] = Object.values(JSON.parse(output));
  return { file: join(folder, filename), names: files.map(({ path }) => path) };
};

/** Replaces `folder` with the content of a tarball, as npm does when it installs one. */
export const unpack = async (file, folder) => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run("tar", ["-xzf", file, "--strip-components=1", "-C", folder]);
};
