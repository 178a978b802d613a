// Builds the package twice from scratch, in two folders: both are byte for byte the same, and so is the packed one.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";

import { root, run } from "../run.mjs";
import { unpack } from "./tarball.mjs";

/** Copies the sources without build output. */
const copySources = async (folder) => {
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { capture: true });
  for (const name of listed.split("\0").filter((file) => file && existsSync(join(root, file)))) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await cp(join(root, name), join(folder, name));
  }
};

const buildIn = async (folder) => {
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  await run("node", ["scripts/build.mjs"], { cwd: folder, capture: true });
  const built = {};
  for (const name of (await readdir(join(folder, "pkg"))).sort())
    built[name] = await readFile(join(folder, "pkg", name));
  return built;
};

/** Throws if the two builds differ, or if pkg/ in the tarball differs from them. `scratch` is a folder to build in. */
export const testReproducible = async (scratch, tarball) => {
  const [here, elsewhere] = [join(scratch, "here"), join(scratch, "somewhere/else")];
  // Copy both before building either, in case the sources are being edited.
  await copySources(here);
  await cp(here, elsewhere, { recursive: true });
  const first = await buildIn(here);
  const second = await buildIn(elsewhere);
  assert.ok(Object.keys(first).length > 5);
  assert.deepEqual(Object.keys(first), Object.keys(second));
  const different = Object.keys(first).filter((name) => !first[name].equals(second[name]));
  assert.deepEqual(different, [], "files that differ between two builds");

  const published = join(scratch, "published");
  await unpack(tarball, published);
  assert.deepEqual((await readdir(join(published, "pkg"))).sort(), Object.keys(first));
  for (const [name, built] of Object.entries(first))
    assert.ok(
      built.equals(await readFile(join(published, "pkg", name))),
      `pkg/${name} is out of date. Run: npm run build`,
    );
};
