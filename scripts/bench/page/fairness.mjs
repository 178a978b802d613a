// That plain JavaScript does the same: both ask the same of the browser, and answer the same.

import { argumentOf, stub } from "./stand-ins.mjs";

const settings = { baseUrl: "https://cloud.example/" };

const ended = () => AbortSignal.abort(new DOMException("The page's own.", "AbortError"));

/** Calls by what is the matter with them. */
const CASES = {
  "one allowed credential": () => [argumentOf(1), settings],
  "ten allowed credentials": () => [argumentOf(10), { ...settings, onProgress() {}, finalizeTimeout: 5000 }],
  extensions: () => {
    const prf = { eval: { first: "AAAA" }, evalByCredential: { "-_8": { first: "AQID", second: "BAUG" } } };
    const argument = argumentOf(0);
    argument.credentialRequestOptions.extensions = { appid: "https://cloud.example", prf, largeBlob: { write: "AQ" } };
    return [argument, settings];
  },
  "no argument": () => [undefined, settings],
  "no settings": () => [argumentOf(1)],
  "no user": () => [{ ...argumentOf(1), userId: "" }, settings],
  "no status token": () => [{ ...argumentOf(1), statusToken: null }, settings],
  "settings that are text": () => [argumentOf(1), "settings"],
  http: () => [argumentOf(1), { baseUrl: "http://cloud.example" }],
  "a signal that is none": () => [argumentOf(1), { ...settings, signal: {} }],
  "a signal that has ended": () => [argumentOf(1), { ...settings, signal: ended() }],
  "a callback that is none": () => [argumentOf(1), { ...settings, onProgress: 1 }],
  ...Object.fromEntries(
    Object.entries({
      "no challenge": { challenge: undefined },
      "an empty challenge": { challenge: "" },
      "a challenge in base64": { challenge: "ab+/" },
      "a challenge with a space": { challenge: "ab cd" },
      "a challenge that is cut": { challenge: "abcde" },
      "a timeout that is text": { timeout: "60000" },
      "credentials that are no array": { allowCredentials: {} },
      "a credential that is text": { allowCredentials: ["AAAA"] },
      "a credential without a type": { allowCredentials: [{ id: "AAAA" }] },
      "transports that are text": { allowCredentials: [{ type: "public-key", id: "AAAA", transports: "usb" }] },
      "hints that are numbers": { hints: ["hybrid", 1] },
      "extensions that are text": { extensions: "prf" },
      "a status that is not ok": { status: "failed", errorMessage: "no such user" },
    }).map(([name, members]) => [
      name,
      () => {
        const argument = argumentOf(1);
        Object.assign(argument.credentialRequestOptions, members);
        return [argument, settings];
      },
    ]),
  ),
};

/** As text, whatever the order of the members; each call has a signal of its own. */
const write = (value) =>
  JSON.stringify(value, (name, member) => {
    if (ArrayBuffer.isView(member)) return /** @type {Uint8Array} */ (member).toHex();
    if (name === "signal") return "a signal";
    if (name === "body") return JSON.parse(member);
    if (typeof member != "object" || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });

/** Throws where they differ; resolves to the number of cases. A failure's `message` may word it in another way. */
export const compare = async (credential, authenticate, plain) => {
  for (const [name, create] of Object.entries(CASES)) {
    const values = create();
    const seen = [];
    for (const call of [authenticate, plain]) {
      const asked = [];
      stub(credential, (what) => asked.push(what));
      const { success, code, token } = await call(...values);
      seen.push(write({ asked, success, code, token }));
    }
    if (seen[0] !== seen[1]) throw new Error(`plain JavaScript does something else: ${name}\n${seen.join("\n")}`);
  }
  stub(credential);
  return Object.keys(CASES).length;
};
