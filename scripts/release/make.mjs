// Creates the files of a release from pkg/ and the documentation's site.

import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { NAME as CLOUD, PLATFORMS } from "../cloud-package/platforms.mjs";
import { mainManifest } from "../cloud-package/stage.mjs";
import { OTHERS, TARBALLS } from "../cloud-package/steps.mjs";
import { pack } from "../consumers/tarball.mjs";
import { site } from "../docs/site.mjs";
import { ExpectedFailure } from "../failure.mjs";
import { run } from "../run.mjs";
import { integrityOf, sha256Sums } from "./checksums.mjs";
import { makeCloudSbom, makeSbom } from "./sbom.mjs";

const SCRIPT = "pkg/webauthn-result.script.js";

const toJson = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** A content's SHA-512, as in a bill of materials. */
const hashesOf = (content) => {
  const [alg, base64] = integrityOf(content, "sha512").split("-");
  return [{ alg: alg.replace("sha", "SHA-"), content: Buffer.from(base64, "base64").toString("hex") }];
};

/**
 * The tarballs of the local cloud by name, with the folder of each: the package that users install, and those of the platforms.
 *
 * @throws {ExpectedFailure} if `platforms` has one whose tarball no machine has made
 */
const findCloudTarballs = async ({ names, others, platforms }) => {
  /** @type {Record<string, string>} */
  const found = Object.fromEntries([...others.map((name) => [name, OTHERS]), ...names.map((name) => [name, TARBALLS])]);
  const { version } = await mainManifest();
  const missing = platforms.filter((platform) => !(`${CLOUD}-${platform}-${version}.tgz` in found));
  if (missing.length)
    throw new ExpectedFailure(
      `${OTHERS} lacks the package of ${missing.join(" and of ")}: npm run cloud:package -- --release makes it there.`,
    );
  return found;
};

/**
 * Creates or replaces `folder` with the tarballs, their bills of materials, the documentation's site, integrity values, and the
 * checksums of all of these. Resolves to the names of the files.
 *
 * @param {string} folder
 * @param {string} scratch where the package is staged
 * @param {{ cloud: string[], others?: string[], isForAll?: boolean }} options `cloud`: the names of the local cloud's tarballs that
 *   this machine made, first that of the package that users install; `others`: those that other machines made; `isForAll`: those
 *   of all platforms must be there
 */
export const makeRelease = async (folder, scratch, { cloud, others = [], isForAll = false }) => {
  const platforms = isForAll ? Object.keys(PLATFORMS) : [];
  const clouds = await findCloudTarballs({ names: cloud, others, platforms });
  const packed = await pack(scratch);
  const staged = join(scratch, "package");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const tarball = basename(packed.file);
  await rename(packed.file, join(folder, tarball));

  const content = await readFile(join(folder, tarball));
  const timestamp = (await run("git", ["log", "-1", "--format=%cI"], { capture: true })).trim();
  const sbom = await makeSbom({ staged, hashes: hashesOf(content), timestamp });
  for (const [name, from] of Object.entries(clouds)) await copyFile(join(from, name), join(folder, name));
  const cloudContents = Object.fromEntries(
    await Promise.all(Object.keys(clouds).map(async (name) => [name, await readFile(join(folder, name))])),
  );
  const cloudSbom = await makeCloudSbom({
    manifest: await mainManifest(),
    hashes: hashesOf(cloudContents[cloud[0]]),
    timestamp,
  });
  // Not a .tgz: those are published.
  const archive = tarball.replace(/^(.*)-(\d.*)\.tgz$/, "$1-docs-$2.tar.gz");
  await run("tar", ["-czf", join(folder, archive), "-C", site, "."]);
  const files = {
    [tarball]: content,
    [tarball.replace(/\.tgz$/, ".cdx.json")]: toJson(sbom),
    [archive]: await readFile(join(folder, archive)),
    ...cloudContents,
    [cloud[0].replace(/\.tgz$/, ".cdx.json")]: toJson(cloudSbom),
    "integrity.json": toJson({
      [tarball]: integrityOf(content, "sha512"),
      ...Object.fromEntries(Object.entries(cloudContents).map(([name, text]) => [name, integrityOf(text, "sha512")])),
      [SCRIPT]: integrityOf(await readFile(join(staged, SCRIPT)), "sha384"),
    }),
  };
  files.SHA256SUMS = sha256Sums(files);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return Object.keys(files);
};
