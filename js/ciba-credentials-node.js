// js/ciba-credentials.js for Node, whose version 18 has no global `crypto` in a module. Only the entry for Node has this file: the
// bundler of a page cannot follow the import.

import { createAuthenticate as create } from "./ciba-credentials.js";

const getCrypto = async () =>
  globalThis.crypto ?? /** @type {Crypto} */ (/** @type {unknown} */ ((await import("node:crypto")).webcrypto));

/** @type {typeof create} */
export const createAuthenticate = (options) => create(options, getCrypto);
