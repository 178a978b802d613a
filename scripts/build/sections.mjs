// What a WebAssembly file is made of: its sections and the numbers and texts in them, as its specification has them
// (Binary Format: https://webassembly.github.io/spec/core/binary/).

/** Ids of sections. */
export const CUSTOM = 0;
export const EXPORT = 7;
export const CODE = 10;
export const DATA = 11;

/** An unsigned LEB128 number at `at`, and where it ends. */
export const readNumber = (bytes, at) => {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return [value >>> 0, at];
  }
};

/** A text with its length before it, and where it ends. */
export const readText = (bytes, at) => {
  const [length, start] = readNumber(bytes, at);
  return [bytes.toString("utf8", start, start + length), start + length];
};

/**
 * The sections in their order: from where to where, where the content starts, and the name of a custom one, which comes
 * before its content.
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
      const [name, afterName] = readText(wasm, content);
      found.push({ id, name, start, content: afterName, end });
    } else found.push({ id, start, content, end });
    start = end;
  }
  return found;
};

/**
 * The names of a module's functions, imported ones first; none where it has none.
 *
 * @param {Buffer} wasm
 */
export const functionNames = (wasm) => {
  const names = [];
  const section = sections(wasm).find(({ name }) => name === "name");
  for (let at = section?.content; at < section?.end; ) {
    const isOfFunctions = wasm[at] === 1;
    const [size, content] = readNumber(wasm, at + 1);
    at = content + size;
    if (!isOfFunctions) continue;
    let [count, next] = readNumber(wasm, content);
    while (count--) {
      const [index, text] = readNumber(wasm, next);
      [names[index], next] = readText(wasm, text);
    }
  }
  return names;
};
