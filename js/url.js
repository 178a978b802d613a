// The entry `webauthn-result/url`: the module is a file of its own, which the browser compiles as it arrives.

import { createApi } from "./api.js";
import { assertWebAssembly } from "./compile.js";

/** For esbuild, Rollup, and what is built on them: they leave the address as it is. */
const NOT_COPIED = " (if your bundler does not copy the file there, import webauthn-result, which needs no file)";

/** @type {RequestCache} */
let cache = "default";

const compile = async () => {
  // Where WebAssembly is refused, the file is not fetched for nothing.
  assertWebAssembly();
  const address = new URL("./webauthn-result.wasm", import.meta.url);
  // Through the cache, a request waits for an earlier one of the same address, which may never end.
  const init = { cache };
  cache = "reload";
  try {
    return await WebAssembly.compileStreaming(fetch(address, init));
  } catch (error) {
    throw `${error}; ${address} must be allowed by connect-src and served whole, as application/wasm${NOT_COPIED}`;
  }
};

export const { authenticate, register, outcome, cancel, configure, ready, support } = createApi(
  compile,
  () => import("./fallback.js"),
);
