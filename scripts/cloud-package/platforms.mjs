// The platforms of the package `webauthn-result-cloud`, and the Rust target of each.

import { join } from "node:path";

import { root } from "../run.mjs";

/** The name of the package that users install. */
export const NAME = "webauthn-result-cloud";

/** The sources of the packages. */
export const SOURCES = join(root, "local-cloud/npm");

/** The Rust target by platform, as in `process.platform` and `process.arch`. */
export const PLATFORMS = {
  "darwin-arm64": "aarch64-apple-darwin",
  "darwin-x64": "x86_64-apple-darwin",
  "linux-arm64": "aarch64-unknown-linux-musl",
  "linux-x64": "x86_64-unknown-linux-musl",
  "win32-x64": "x86_64-pc-windows-msvc",
};

/** This machine's platform. */
export const HERE = `${process.platform}-${process.arch}`;

/** The file of the server in the package of a platform. */
export const binaryOf = (platform) => (platform.startsWith("win32") ? "local-cloud.exe" : "local-cloud");
