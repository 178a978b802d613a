// Compiles and links at once, where the browser does.
//
// Waiting for another thread takes longer than to compile so small a module. But before its version 115, Chromium had
// this for 4 KB at most, and threw.

/** @param {BufferSource} bytes */
export const compile = (bytes) => {
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return WebAssembly.compile(bytes);
  }
};

/**
 * @param {WebAssembly.Module} module
 * @param {WebAssembly.Imports} imports
 */
export const link = async (module, imports) => {
  try {
    return new WebAssembly.Instance(module, imports);
  } catch {
    return WebAssembly.instantiate(module, imports);
  }
};

/**
 * Throws if WebAssembly is missing, or refused by a policy: compiles the smallest module.
 */
export const assertWebAssembly = () => {
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
};
