// Creates the folders of the packages: the one that users install, and one with the server's binary for each platform.
//
// npm installs, of the optional dependencies of the first, the one whose `os` and `cpu` are this machine's.

import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { emptyOwnerFields } from "../package/manifest.mjs";
import { root } from "../run.mjs";
import { binaryOf, NAME, PLATFORMS, SOURCES } from "./platforms.mjs";

const DESCRIPTION = "The Authentication Cloud and AuthSec's CIBA service on this machine, to develop and test against";

/** What every package has: version, license, engines and, once they are filled in, the owner's fields. */
const readShared = async () => {
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const { version, license, engines } = manifest;
  const owners = Object.fromEntries(
    ["homepage", "bugs", "repository"]
      .filter((name) => !emptyOwnerFields(manifest).includes(name))
      .map((name) => [name, manifest[name]]),
  );
  return { version, ...owners, license, engines };
};

const packageOf = (platform) => `${NAME}-${platform}`;

/** The package.json of the package that users install. */
export const mainManifest = async () => {
  const shared = await readShared();
  const { version } = shared;
  return {
    name: NAME,
    description: DESCRIPTION,
    ...shared,
    type: "module",
    bin: { [NAME]: "./bin.js" },
    files: ["bin.js", "find-binary.js", "README.md", "LICENSE-MIT", "LICENSE-APACHE"],
    optionalDependencies: Object.fromEntries(Object.keys(PLATFORMS).map((each) => [packageOf(each), version])),
  };
};

/** The package.json of the package for a platform. */
export const platformManifest = async (platform) => {
  const [os, cpu] = platform.split("-");
  return {
    name: packageOf(platform),
    description: `The server of ${NAME} for ${platform}`,
    ...(await readShared()),
    os: [os],
    cpu: [cpu],
    // Yarn keeps packages in archives, from which nothing can be run.
    preferUnplugged: true,
    files: ["bin", "README.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY-NOTICES.md"],
  };
};

const startFolder = async (folder, manifest, files) => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) await copyFile(join(root, name), join(folder, name));
  for (const name of files) await copyFile(join(SOURCES, name), join(folder, name));
};

/** Creates or replaces `folder` with the package that users install. */
export const stageMain = async (folder) =>
  startFolder(folder, await mainManifest(), ["bin.js", "find-binary.js", "README.md"]);

/**
 * Creates or replaces `folder` with the package for a platform.
 *
 * @param {string} folder
 * @param {{ platform: string, binary: string }} options `binary`: the path of the server that was built for it
 */
export const stagePlatform = async (folder, { platform, binary }) => {
  await startFolder(folder, await platformManifest(platform), []);
  const readme = `# ${packageOf(platform)}\n\nThe server of \`${NAME}\` for ${platform}. Install \`${NAME}\`, which brings it along.\n`;
  await writeFile(join(folder, "README.md"), readme);
  await copyFile(join(root, "local-cloud/THIRD-PARTY-NOTICES.md"), join(folder, "THIRD-PARTY-NOTICES.md"));
  await mkdir(join(folder, "bin"));
  // With its mode: npm keeps that of a file.
  await copyFile(binary, join(folder, "bin", binaryOf(platform)));
};
