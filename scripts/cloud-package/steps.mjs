// The step that builds the server for this platform, and packs the two packages that a user of it gets.

import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { ExpectedFailure } from "../failure.mjs";
import { npmCommand, root, run } from "../run.mjs";
import { buildServer } from "./build.mjs";
import { HERE, NAME, PLATFORMS } from "./platforms.mjs";
import { stageMain, stagePlatform } from "./stage.mjs";

/** The requirements, by their names in scripts/setup.mjs. */
export const CLOUD_PACKAGE_NEEDS = ["crates"];

/** Those of packages that are published. */
export const CLOUD_RELEASE_NEEDS = [...CLOUD_PACKAGE_NEEDS, ...(PLATFORMS[HERE]?.endsWith("-musl") ? ["musl"] : [])];

/** Where the tarballs are. */
export const TARBALLS = join(root, "target/npm/cloud");

/** Where the release workflow puts the tarballs that other machines made. */
export const OTHERS = join(root, "target/npm/cloud-others");

const packFolder = async (staged) => {
  const args = ["pack", "--json", "--loglevel=error", "--pack-destination", TARBALLS];
  const [npm, ...first] = npmCommand();
  const output = await run(npm, [...first, ...args], { capture: true, cwd: staged });
  // An array; since npm 12 an object by name.
  return /** @type {{ filename: string }} */ (Object.values(JSON.parse(output))[0]).filename;
};

/**
 * Builds and packs. Resolves to the names of the tarballs in TARBALLS: the package that users install, and that of this platform.
 *
 * @param {{ isForRelease?: boolean }} [options]
 */
export const packCloud = async (options) => {
  const { binary, bytes, triple } = await buildServer(options);
  // It runs here: the release workflow has no other test of it on most platforms.
  await run(binary, ["--help"], { capture: true });
  await rm(TARBALLS, { recursive: true, force: true });
  const [main, platform] = [join(TARBALLS, "main"), join(TARBALLS, HERE)];
  await mkdir(TARBALLS, { recursive: true });
  await stageMain(main);
  await stagePlatform(platform, { platform: HERE, binary });
  const names = [await packFolder(main), await packFolder(platform)];
  for (const folder of [main, platform]) await rm(folder, { recursive: true });
  return { names, bytes, triple };
};

const listTarballs = async (folder) =>
  existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith(".tgz")) : [];

/** The tarballs that this machine packed, first that of the package that users install. */
export const packedNames = async () => {
  const names = await listTarballs(TARBALLS);
  if (names.length !== 2) throw new ExpectedFailure("The local cloud has not been packed. Run: npm run cloud:package");
  return names.sort((a, b) => Number(a.includes(HERE)) - Number(b.includes(HERE)));
};

/** Those that other machines packed, for their platforms. */
export const listOthers = () => listTarballs(OTHERS);

/**
 * @param {{ isForRelease?: boolean }} [options]
 * @returns {import("../progress.mjs").Step}
 */
export const cloudPackageStep = (options) => ({
  title: `Build and pack ${NAME} for ${HERE}`,
  run: async () => {
    const { names, bytes, triple } = await packCloud(options);
    const paths = names.map((name) => join("target/npm/cloud", name));
    return { result: `${(bytes / 1e6).toFixed(1)} MB for ${triple}`, details: `\n${paths.join("\n")}\n` };
  },
});
