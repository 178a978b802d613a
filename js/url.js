// The entry `webauthn-result/url`: the module is a file of its own, which the browser compiles as it arrives.

import { createApi } from "./api.js";
import { assertWebAssembly } from "./compile.js";

/** @type {AbortController | undefined} */
let controller;

const compile = async () => {
  // Where WebAssembly is refused, the file is not fetched for nothing.
  assertWebAssembly();
  const address = new URL("./webauthn-result.wasm", import.meta.url);
  // Browsers let a request wait for an earlier one of the same address, which may never end.
  controller?.abort();
  controller = new AbortController();
  try {
    return await WebAssembly.compileStreaming(fetch(address, { signal: controller.signal }));
  } catch (error) {
    throw `${error}; ${address} must be allowed by connect-src and served whole, as application/wasm`;
  }
};

export const { authenticate, register, cancel, configure, ready, support } = createApi(
  compile,
  () => import("./webauthn-result.fallback.js"),
);
