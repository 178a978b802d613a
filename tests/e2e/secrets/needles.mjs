// Finds secrets in texts: whole, in pieces, and written otherwise.

/** A piece of this length is enough: nobody can use it, and whoever lets it slip has held the whole in hand. */
const PIECE = 24;
/** Pieces overlap so that each text of PIECE characters has one in it. */
const STRIDE = 8;

const piecesOf = (text) => {
  const width = PIECE - STRIDE;
  if (text.length <= PIECE) return [text];
  return Array.from({ length: Math.ceil((text.length - width) / STRIDE) }, (_, at) =>
    text.slice(at * STRIDE, at * STRIDE + width),
  );
};

/** Text that a person can read has members that are public, such as an origin: its secret members count by themselves. */
const isReadable = (buffer) => buffer.every((byte) => byte >= 0x20 && byte < 0x7f);

/** What bytes look like elsewhere. */
const writingsOf = (buffer) => [
  buffer.toString("base64").replace(/=+$/, ""),
  buffer.toString("base64url"),
  buffer.toString("hex"),
  buffer.toString("latin1"),
  [...buffer].join(","),
];

/** As it is, in an address, in base64, in hex, as numbers, from right to left; and so are the bytes that base64url stands for. */
const writtenOtherwise = (text) => {
  const meant = /^[\w-]{16,}$/.test(text) ? Buffer.from(text, "base64url") : Buffer.of();
  const buffers = [Buffer.from(text), ...(isReadable(meant) ? [] : [meant])];
  return [text, encodeURIComponent(text), [...text].reverse().join(""), ...buffers.flatMap(writingsOf)];
};

/** What in a text gives a secret away. A code of a few digits counts only where it stands alone. */
const needleOf = (secret) => {
  if (/^\d{4,8}$/.test(secret)) {
    const alone = new RegExp(`(?<!\\d)${secret}(?!\\d)`);
    return (text) => alone.test(text);
  }
  const needles = [...new Set(writtenOtherwise(secret).flatMap(piecesOf))];
  return (text) => needles.some((needle) => text.includes(needle));
};

/** Which of the secrets, by name, were seen on which channel. */
export const leaksIn = (sightings, secrets) => {
  const leaks = [];
  for (const [name, secret] of Object.entries(secrets)) {
    const isIn = needleOf(secret);
    for (const [channel, text] of sightings) if (isIn(text)) leaks.push(`${name}: ${channel}`);
  }
  return [...new Set(leaks)];
};
