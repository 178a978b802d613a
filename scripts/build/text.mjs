// The module as text, so that it travels inside its JavaScript: the one form that every bundler takes unaided.
//
// One printable ASCII character stands for each of the frequent bytes, two for each of the others. Letters, digits and
// common signs stand for themselves, since the module holds English sentences and compression knows English: that made
// 250 bytes of difference against a table by frequency alone, and 1,600 against hexadecimal digits.

// Without what a string in JavaScript, or a script in HTML, would have to escape, and without the two escapes.
const safe = Array.from({ length: 93 }, (_, index) => String.fromCharCode(32 + index)).filter(
  (character) => !'"$<\\`'.includes(character),
);
const isItself = /[a-zA-Z0-9 .:,_-]/;
const free = safe.filter((character) => !isItself.test(character)).join("");

/** The arguments of js/decode.js for these bytes. */
export const encode = (bytes) => {
  const count = new Array(256).fill(0);
  for (const byte of bytes) count[byte]++;
  const codes = new Array(256);
  for (const character of safe) if (isItself.test(character)) codes[character.charCodeAt()] = character;
  const frequent = count
    .map((_, byte) => byte)
    .filter((byte) => !codes[byte])
    .sort((a, b) => count[b] - count[a] || a - b)
    .slice(0, free.length);
  for (const [index, byte] of frequent.entries()) codes[byte] = free[index];
  let rare = 0;
  for (let byte = 0; byte < 256; byte++)
    if (!codes[byte]) {
      codes[byte] = "}~"[Math.floor(rare / safe.length)] + safe[rare % safe.length];
      rare++;
    }
  return { text: Array.from(bytes, (byte) => codes[byte]).join(""), free, frequent };
};
