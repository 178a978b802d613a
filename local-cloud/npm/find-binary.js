// Finds the server's binary in the package for this platform.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The names of the packages with binaries, one for each platform. */
const readPackages = () =>
  Object.keys(JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")).optionalDependencies);

const FROM_SOURCE =
  "With Rust, you can build it in a clone of the repository: run `cargo install --path local-cloud`, then `local-cloud`.";

/**
 * Returns the path of the binary.
 *
 * @param {{ platform?: string, arch?: string, resolve?: (path: string) => string }} [machine]
 * @throws {Error} with what to do, if there is none
 */
export const findBinary = ({ platform = process.platform, arch = process.arch, resolve = require.resolve } = {}) => {
  const packages = readPackages();
  const name = `webauthn-result-cloud-${platform}-${arch}`;
  if (!packages.includes(name)) {
    const platforms = packages.map((each) => each.replace("webauthn-result-cloud-", "")).join(", ");
    throw new Error(`There is no binary for ${platform}-${arch}, only for ${platforms}. ${FROM_SOURCE}`);
  }
  try {
    return resolve(`${name}/bin/local-cloud${platform === "win32" ? ".exe" : ""}`);
  } catch {
    throw new Error(
      `The package ${name} is not installed. It is an optional dependency, which npm skips with --no-optional, with ` +
        "--omit=optional, or if node_modules was copied from another platform. " +
        `Delete node_modules and install again without these. ${FROM_SOURCE}`,
    );
  }
};
