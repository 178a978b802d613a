// The entry `webauthn-result/url`: the module is a file of its own, which the browser compiles as it arrives.

import { createApi } from "./api.js";

const compile = async () => {
  // The smallest module: where WebAssembly is refused, this throws, and the file is not fetched for nothing.
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  const address = new URL("./webauthn-result.wasm", import.meta.url);
  try {
    return await WebAssembly.compileStreaming(fetch(address));
  } catch (error) {
    throw `${error}; ${address} must be allowed by connect-src and served whole, as application/wasm`;
  }
};

export const { authenticate, register, cancel, configure, ready, support } = createApi(
  compile,
  () => import("./webauthn-result.fallback.js"),
);
