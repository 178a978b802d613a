// Caught here and not in Rust, where each exception that is caught costs a place in wasm-bindgen's table of values, for ever.

/**
 * The value, or undefined for what is not JSON.
 *
 * @param {string} text
 */
export const parseJson = (text) => {
  try {
    return JSON.parse(text);
  } catch {}
};
