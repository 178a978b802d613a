// Creates the files of a release from pkg/ and the documentation's site.

import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { pack } from "../consumers/tarball.mjs";
import { site } from "../docs/site.mjs";
import { run } from "../run.mjs";
import { integrityOf, sha256Sums } from "./checksums.mjs";
import { makeSbom } from "./sbom.mjs";

const SCRIPT = "pkg/webauthn-result.script.js";

const toJson = (value) => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Creates or replaces `folder` with the tarball, its bill of materials, the documentation's site, integrity values, and the
 * checksums of all of these. Resolves to the names of the files.
 *
 * @param {string} folder
 * @param {string} scratch where the package is staged
 */
export const makeRelease = async (folder, scratch) => {
  const packed = await pack(scratch);
  const staged = join(scratch, "package");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const tarball = basename(packed.file);
  await rename(packed.file, join(folder, tarball));

  const content = await readFile(join(folder, tarball));
  const [alg, base64] = integrityOf(content, "sha512").split("-");
  const sbom = await makeSbom({
    staged,
    hashes: [{ alg: alg.replace("sha", "SHA-"), content: Buffer.from(base64, "base64").toString("hex") }],
    timestamp: (await run("git", ["log", "-1", "--format=%cI"], { capture: true })).trim(),
  });
  // Not a .tgz: the tarball to publish is the only one.
  const archive = tarball.replace(/^(.*)-(\d.*)\.tgz$/, "$1-docs-$2.tar.gz");
  await run("tar", ["-czf", join(folder, archive), "-C", site, "."]);
  const files = {
    [tarball]: content,
    [tarball.replace(/\.tgz$/, ".cdx.json")]: toJson(sbom),
    [archive]: await readFile(join(folder, archive)),
    "integrity.json": toJson({
      [tarball]: integrityOf(content, "sha512"),
      [SCRIPT]: integrityOf(await readFile(join(staged, SCRIPT)), "sha384"),
    }),
  };
  files.SHA256SUMS = sha256Sums(files);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return Object.keys(files);
};
