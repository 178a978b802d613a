// The module's bytes from its text: what scripts/build/text.mjs wrote, read back.
//
// A page waits for this, and no engine has compiled it yet: it is one plain loop over numbers.

/**
 * Most characters stand for themselves. Those in `free` stand for the byte at the same place in `frequent`; `}` and
 * `~` introduce one of all the other bytes.
 *
 * @param {string} text
 * @param {string} free
 * @param {number[]} frequent
 */
export const decode = (text, free, frequent) => {
  const byteOf = new Uint8Array(128);
  const places = new Uint8Array(128);
  const isTaken = [];
  let count = 0;
  for (let code = 32; code < 125; code++)
    if (!'"$<\\`'.includes(String.fromCharCode(code))) {
      byteOf[code] = frequent[free.indexOf(String.fromCharCode(code))] ?? code;
      isTaken[byteOf[code]] = true;
      places[code] = count++;
    }
  const rare = [];
  for (let byte = 0; byte < 256; byte++) if (!isTaken[byte]) rare.push(byte);
  const bytes = new TextEncoder().encode(text);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at];
    bytes[length++] = code < 125 ? byteOf[code] : rare[(code - 125) * count + places[bytes[++at]]];
  }
  return bytes.subarray(0, length);
};
