// Finds secrets in strings: complete, in pieces, and encoded.

/** A piece of this length counts as a leak: it is useless, but shows that the secret was there. */
const PIECE = 24;
/** Pieces overlap, so that every PIECE characters contain one. */
const STRIDE = 8;

const piecesOf = (text) => {
  const width = PIECE - STRIDE;
  if (text.length <= PIECE) return [text];
  return Array.from({ length: Math.ceil((text.length - width) / STRIDE) }, (_, at) =>
    text.slice(at * STRIDE, at * STRIDE + width),
  );
};

/** JSON has public properties, such as an origin, so only its secret properties count. */
const isReadable = (buffer) => buffer.every((byte) => byte >= 0x20 && byte < 0x7f);

/** Encodings of bytes. */
const writingsOf = (buffer) => [
  buffer.toString("base64").replace(/=+$/, ""),
  buffer.toString("base64url"),
  buffer.toString("hex"),
  buffer.toString("latin1"),
  [...buffer].join(","),
];

/** Plain, URL-encoded, in base64, in hex, as numbers and reversed; also the bytes that base64url encodes. */
const writtenOtherwise = (text) => {
  const meant = /^[\w-]{16,}$/.test(text) ? Buffer.from(text, "base64url") : Buffer.of();
  const buffers = [Buffer.from(text), ...(isReadable(meant) ? [] : [meant])];
  return [text, encodeURIComponent(text), [...text].reverse().join(""), ...buffers.flatMap(writingsOf)];
};

/** The parts of a string that reveal a secret. A code of a few digits counts only if it stands alone. */
const needleOf = (secret) => {
  if (/^\d{4,8}$/.test(secret)) {
    const alone = new RegExp(`(?<!\\d)${secret}(?!\\d)`);
    return (text) => alone.test(text);
  }
  const needles = [...new Set(writtenOtherwise(secret).flatMap(piecesOf))];
  return (text) => needles.some((needle) => text.includes(needle));
};

/** The secrets, by name, that were seen, with the channel. */
export const leaksIn = (sightings, secrets) => {
  const leaks = [];
  for (const [name, secret] of Object.entries(secrets)) {
    const isIn = needleOf(secret);
    for (const [channel, text] of sightings) if (isIn(text)) leaks.push(`${name}: ${channel}`);
  }
  return [...new Set(leaks)];
};
