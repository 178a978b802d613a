// What base64url keeps to (RFC 4648 section 5), whoever converts: Node, a browser by its own means, and one without them.

import assert from "node:assert/strict";

import fc from "fast-check";

const long = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * index) % 251));

/** Text to the bytes that it stands for, as hex; `null` where it is no base64url. */
export const TEXTS = new Map([
  // RFC 4648 section 10.
  ["", ""],
  ["Zg", "66"],
  ["Zm8", "666f"],
  ["Zm9v", "666f6f"],
  ["Zm9vYg", "666f6f62"],
  ["Zm9vYmE", "666f6f6261"],
  ["Zm9vYmFy", "666f6f626172"],
  // All digits, the last two of which are its own.
  ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef", "00108310518720928b30d38f41149351559761969b71d79f"],
  ["ghijklmnopqrstuvwxyz0123456789-_", "8218a39259a7a29aabb2dbafc31cb3d35db7e39ebbf3dfbf"],
  ["-_-_", "fbffbf"],
  ["____", "ffffff"],
  ["AAAA", "000000"],
  // Padding is whole or not there.
  ["AQ==", "01"],
  ["AQI=", "0102"],
  ["AQIDBA==", "01020304"],
  ["AQ=", null],
  ["AQI==", null],
  ["AQID=", null],
  ["AQID==", null],
  ["AQID====", null],
  ["AQ===", null],
  ["=", null],
  ["==", null],
  ["===", null],
  ["====", null],
  ["A===", null],
  ["=AQ", null],
  ["A=Q=", null],
  ["AQ==AQ==", null],
  // One character is less than a byte.
  ["A", null],
  ["AAAAA", null],
  ["A==", null],
  // Stray bits after the last byte are ignored.
  ["AR", "01"],
  ["A_", "03"],
  ["AR==", "01"],
  ["AQJ", "0102"],
  ["AQJ=", "0102"],
  // White space, which browsers skip.
  [" ", null],
  [" AQ", null],
  ["AQ ", null],
  ["A Q", null],
  ["AQ\n", null],
  ["\tAQ", null],
  ["A\fQ", null],
  ["A\rQ", null],
  ["AQ= =", null],
  ["AQ== ", null],
  ["AQ ==", null],
  ["AQ\u00a0", null],
  ["AQ\u2028", null],
  // The other alphabet.
  ["A+8A", null],
  ["A/8A", null],
  ["+/+/", null],
  ["-/-_", null],
  // No alphabet.
  ["AQ.", null],
  ["AQ,", null],
  ["AQ\0", null],
  ["AQ%3D%3D", null],
  ["\u00c1Q", null],
  ["\uff21\uff31", null],
  ["\u212aQ", null],
  ["\ud800AQI", null],
  ["AQI\udc00", null],
  ["\u{1f511}", null],
  [long.toString("base64url"), long.toString("hex")],
  [long.toString("base64"), null],
  [`${"A".repeat(100_001)}`, null],
]);

/** Any text, and such as is nearly right. */
const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.stringMatching(/^[AQgw_+/= -]{0,12}$/),
  fc.stringMatching(/^[\w-]{0,40}={0,2}$/),
);

/** As the standard has it: hex, or `null`. */
const decoded = (text) => {
  const unpadded = text.length % 4 ? text : text.replace(/={1,2}$/, "");
  const isValid = /^[\w-]*$/.test(unpadded) && unpadded.length % 4 != 1;
  return isValid ? Buffer.from(unpadded, "base64url").toString("hex") : null;
};

/**
 * By name what holds for `decode`, which makes texts hex or `null`, and `encode`, which makes hex texts: many at once, and
 * perhaps as promises, since a page is far away.
 */
export const PROMISES = {
  "each text of the table stands for its bytes, or for none": async ({ decode }) => {
    const given = [...TEXTS.keys()];
    const bytes = await decode(given);
    for (const [index, text] of given.entries())
      assert.equal(bytes[index], TEXTS.get(text), JSON.stringify(text.slice(0, 50)));
  },

  "bytes become their text without padding": async ({ encode }) => {
    const bytes = [...TEXTS.values()].filter((hex) => hex !== null);
    const expected = bytes.map((hex) => Buffer.from(hex, "hex").toString("base64url"));
    assert.deepEqual(await encode(bytes), expected);
  },

  "any text is judged as Node's own decoder would, were it strict": ({ decode }) =>
    fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 50 }), async (given) =>
        assert.deepEqual(await decode(given), given.map(decoded)),
      ),
    ),

  "any bytes become the text that Node makes of them, and come back": ({ decode, encode }) =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 }), async (given) => {
        const bytes = given.map((item) => Buffer.from(item));
        const made = await encode(bytes.map((item) => item.toString("hex")));
        assert.deepEqual(
          made,
          bytes.map((item) => item.toString("base64url")),
        );
        assert.deepEqual(
          await decode(made),
          bytes.map((item) => item.toString("hex")),
        );
      }),
    ),
};
