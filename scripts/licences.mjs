// Every dependency has a licence that lets anybody use and pass on what is built with it.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { root, run } from "./run.mjs";

const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "Apache-2.0 WITH LLVM-exception",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BSL-1.0",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Unicode-3.0",
  "Unlicense",
  "Zlib",
]);
// Tools that run here and of which nothing is passed on.
const ALLOWED_FOR_TOOLS = new Set([
  ...ALLOWED,
  "BlueOak-1.0.0",
  "CC-BY-4.0",
  "CC-BY-3.0",
  "MPL-2.0",
  "NCSA",
  "Python-2.0",
  "WTFPL",
]);

/** Whether an SPDX expression can be met from `allowed`: any side of an OR, every side of an AND. */
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

/** Throws unless every crate and npm package has an accepted licence. */
export const checkLicences = async () => {
  const all = [
    ...(await crates("Cargo.toml", ALLOWED)),
    ...(await crates("fuzz/Cargo.toml", ALLOWED_FOR_TOOLS)),
    ...(await npmPackages()),
  ];
  const refused = all.filter(({ license, allowed }) => !license || !isMet(license, allowed));
  if (refused.length)
    throw new Error(`not accepted: ${refused.map(({ name, license }) => `${name} (${license})`).join(", ")}`);
  console.log(`  ${all.length} dependencies, all with an accepted licence`);
};
