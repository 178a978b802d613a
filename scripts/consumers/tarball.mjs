// The package as npm publishes it.

import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { run } from "../run.mjs";

/** Packs what is published into `folder`; resolves to `{ file, names }`: the tarball, and the paths it holds. */
export const pack = async (folder) => {
  // Imports an npm package, and scripts import this file before they set up.
  const { stage } = await import("../package/stage.mjs");
  const staged = join(folder, "package");
  await stage(staged);
  const output = await run("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder], {
    capture: true,
    cwd: staged,
  });
  // A list, or since npm 12 an object by name.
  const [{ filename, files }] = Object.values(JSON.parse(output));
  return { file: join(folder, filename), names: files.map(({ path }) => path) };
};

/** Unpacks a tarball into `folder`, which is replaced: what npm does when it installs it. */
export const unpack = async (file, folder) => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run("tar", ["-xzf", file, "--strip-components=1", "-C", folder]);
};
