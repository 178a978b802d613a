// Reads the sections of a WebAssembly file, and the numbers and strings in them
// (specification: https://webassembly.github.io/spec/core/binary/).

/** Ids of sections. */
export const CUSTOM = 0;
export const START = 8;
export const CODE = 10;
export const DATA = 11;

/** Reads an unsigned LEB128 number at `at`. Returns it and the offset after it. */
export const readNumber = (bytes, at) => {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return [value >>> 0, at];
  }
};

/** Reads a string after its length. Returns it and the offset after it. */
export const readString = (bytes, at) => {
  const [length, start] = readNumber(bytes, at);
  return [bytes.toString("utf8", start, start + length), start + length];
};

/**
 * Lists the sections in order: start, end and start of the content; for a custom section also its name, which comes before
 * its content.
 *
 * @param {Buffer} wasm
 */
export const sections = (wasm) => {
  const found = [];
  for (let start = 8; start < wasm.length; ) {
    const id = wasm[start];
    const [size, content] = readNumber(wasm, start + 1);
    const end = content + size;
    if (id === CUSTOM) {
      const [name, afterName] = readString(wasm, content);
      found.push({ id, name, start, content: afterName, end });
    } else found.push({ id, start, content, end });
    start = end;
  }
  return found;
};

/**
 * The module without the custom sections that `isUnwanted` selects by name.
 *
 * @param {Buffer} wasm
 * @param {(name: string) => boolean} isUnwanted
 */
export const withoutCustomSections = (wasm, isUnwanted) =>
  Buffer.concat([
    wasm.subarray(0, 8),
    ...sections(wasm)
      .filter(({ id, name }) => id !== CUSTOM || !isUnwanted(name))
      .map(({ start, end }) => wasm.subarray(start, end)),
  ]);
