// Checks that the license of every dependency allows anyone to use and distribute what is built with it.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { ExpectedFailure } from "../failure.mjs";
import { root, run } from "../run.mjs";

const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "Apache-2.0 WITH LLVM-exception",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BSL-1.0",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "CDLA-Permissive-2.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Unicode-3.0",
  "Unlicense",
  "Zlib",
]);
// For tools that are not part of the package.
const ALLOWED_FOR_TOOLS = new Set([
  ...ALLOWED,
  "CC-BY-4.0",
  "CC-BY-3.0",
  "MPL-2.0",
  "NCSA",
  "OFL-1.1",
  "Python-2.0",
  "WTFPL",
]);

/** Packages that have a license, but do not name it in package.json. Read in the LICENSE of that version. */
const READ = { "parse-cache-control 1.0.1": "BSD-3-Clause" };

/** Whether an SPDX expression is satisfied by the licenses in `allowed`: any operand of OR, every operand of AND. */
const isMet = (expression, allowed) => {
  const plain = expression.replace(/\//g, " OR ").replace(/[()]/g, "").trim();
  return plain.split(/ AND /).every((part) => part.split(/ OR /).some((name) => allowed.has(name.trim())));
};

const crates = async (manifest, allowed) => {
  const args = ["metadata", "--format-version", "1", "--locked", "--manifest-path", manifest];
  const metadata = JSON.parse(await run("cargo", args, { capture: true }));
  return metadata.packages
    .filter(({ source }) => source)
    .map(({ name, version, license }) => ({ name: `${name} ${version}`, license, allowed }));
};

const npmPackages = async () => {
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  return Object.entries(lock.packages)
    .filter(([path]) => path)
    .map(([path, { version, license, dev }]) => ({
      name: `${path.replace(/^.*node_modules\//, "")} ${version}`,
      license,
      allowed: dev ? ALLOWED_FOR_TOOLS : ALLOWED,
    }));
};

/**
 * Resolves to the step's result.
 *
 * @throws {ExpectedFailure} if a crate or npm package has a license that is not accepted
 */
export const checkLicenses = async () => {
  const all = [
    ...(await crates("Cargo.toml", ALLOWED)),
    ...(await crates("fuzz/Cargo.toml", ALLOWED_FOR_TOOLS)),
    ...(await npmPackages()),
  ];
  const refused = all.filter(({ name, license = READ[name], allowed }) => !license || !isMet(license, allowed));
  if (refused.length)
    throw new ExpectedFailure(
      `These dependencies have a license that scripts/lint/licenses.mjs does not accept: ${refused.map(({ name, license }) => `${name} (${license})`).join(", ")}.`,
    );
  return { result: `${all.length} dependencies` };
};
