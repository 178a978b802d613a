// What others check a download against.

import { createHash } from "node:crypto";

/** A Subresource Integrity value, which is also how npm's lock files write it. */
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
