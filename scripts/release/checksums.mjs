// Checksums to verify a download.

import { createHash } from "node:crypto";

/** A Subresource Integrity value, as also used in npm's lock files. */
export const integrityOf = (content, algorithm) =>
  `${algorithm}-${createHash(algorithm).update(content).digest("base64")}`;

/**
 * The content of SHA256SUMS, which `sha256sum --check` reads.
 *
 * @param {Record<string, string | Buffer>} files
 */
export const sha256Sums = (files) =>
  Object.entries(files)
    .map(([name, content]) => `${createHash("sha256").update(content).digest("hex")}  ${name}\n`)
    .join("");
