// The module's bytes from its text: what scripts/build/text.mjs wrote, read back.
//
// A page waits for this. A loop in JavaScript takes longer than all else together, since no engine has compiled it yet.

/** Where in the decoder's memory the text begins. */
const TEXT = 128;

/**
 * What js/decode.wat exports.
 *
 * @typedef {{ m: WebAssembly.Memory, d: (from: number, to: number) => void }} Decoder
 */

/**
 * @param {Uint8Array<ArrayBuffer>} decoder js/decode.wat, as a module
 * @param {number[]} table by the code of a character from 32 on: what the byte that it stands for differs from that in
 * @param {string} text
 * @param {number} length how many bytes there are
 */
export const decode = (decoder, table, text, length) => {
  const { m: memory, d: decode } = /** @type {Decoder} */ (
    new WebAssembly.Instance(new WebAssembly.Module(decoder)).exports
  );
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(table, 32);
  new TextEncoder().encodeInto(text, bytes.subarray(TEXT));
  decode(TEXT, TEXT);
  return bytes.subarray(TEXT, TEXT + length);
};
