// js/base64url.js for base64url-promises.mjs, in Node and in a page: bytes are hex, which leaves a page unharmed.

import { decode, encode } from "../../../js/base64url.js";

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

export const conversions = {
  decode: (texts) =>
    texts.map((text) => {
      const bytes = decode(text);
      return bytes instanceof Uint8Array ? hexOf(bytes) : (bytes ?? null);
    }),
  encode: (list) => list.map((hex) => encode(bytesOf(hex))),
};

globalThis.conversions = conversions;
