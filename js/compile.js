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
