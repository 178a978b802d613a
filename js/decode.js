// The module's bytes from its text: what scripts/build/text.mjs wrote, read back.

const safe = [];
for (let code = 32; code < 125; code++) {
  const character = String.fromCharCode(code);
  if (!'"$<\\`'.includes(character)) safe.push(character);
}

/**
 * Most characters stand for themselves. Those in `free` stand for the byte at the same place in `frequent`; `}` and
 * `~` introduce one of all the other bytes.
 *
 * @param {string} text
 * @param {string} free
 * @param {number[]} frequent
 */
export const decode = (text, free, frequent) => {
  const byteOf = {};
  for (const character of safe) byteOf[character] = character.charCodeAt();
  for (let at = 0; at < free.length; at++) byteOf[free[at]] = frequent[at];
  const single = Object.values(byteOf);
  const rare = [];
  for (let byte = 0; byte < 256; byte++) if (!single.includes(byte)) rare.push(byte);
  const bytes = [];
  for (let at = 0; at < text.length; at++) {
    const row = "}~".indexOf(text[at]);
    bytes.push(row < 0 ? byteOf[text[at]] : rare[row * safe.length + safe.indexOf(text[++at])]);
  }
  return new Uint8Array(bytes);
};
