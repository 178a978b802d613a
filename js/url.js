// The entry `webauthn-result/url`: the module is a file of its own, which the browser compiles as it arrives.

import { createApi } from "./api.js";

const compile = async () => {
  const address = new URL("./webauthn-result.wasm", import.meta.url);
  try {
    return await WebAssembly.compileStreaming(fetch(address));
  } catch (error) {
    throw `${error}; ${address} must be served whole, as application/wasm`;
  }
};

export const { authenticate, register, cancel, configure, ready, support } = createApi(compile);
