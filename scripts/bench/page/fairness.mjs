// Checks that plain JavaScript behaves the same: it makes the same calls of the browser, and returns the same results.

import { createArgument, stub } from "./stand-ins.mjs";

const settings = { baseUrl: "https://cloud.example/" };

const abortedSignal = () => AbortSignal.abort(new DOMException("The page's own.", "AbortError"));

/** The arguments of calls, by description. */
const CASES = {
  "one allowed credential": () => [createArgument(1), settings],
  "ten allowed credentials": () => [createArgument(10), { ...settings, onProgress() {}, finalizeTimeout: 5000 }],
  extensions: () => {
    const prf = { eval: { first: "AAAA" }, evalByCredential: { "-_8": { first: "AQID", second: "BAUG" } } };
    const argument = createArgument(0);
    argument.credentialRequestOptions.extensions = { appid: "https://cloud.example", prf, largeBlob: { write: "AQ" } };
    return [argument, settings];
  },
  "no argument": () => [undefined, settings],
  "no settings": () => [createArgument(1)],
  "no user": () => [{ ...createArgument(1), userId: "" }, settings],
  "no status token": () => [{ ...createArgument(1), statusToken: null }, settings],
  "settings that are a string": () => [createArgument(1), "settings"],
  http: () => [createArgument(1), { baseUrl: "http://cloud.example" }],
  "a signal that is not an AbortSignal": () => [createArgument(1), { ...settings, signal: {} }],
  "an aborted signal": () => [createArgument(1), { ...settings, signal: abortedSignal() }],
  "a callback that is not a function": () => [createArgument(1), { ...settings, onProgress: 1 }],
  ...Object.fromEntries(
    Object.entries({
      "no challenge": { challenge: undefined },
      "an empty challenge": { challenge: "" },
      "a challenge in base64": { challenge: "ab+/" },
      "a challenge with a space": { challenge: "ab cd" },
      "a truncated challenge": { challenge: "abcde" },
      "a timeout that is a string": { timeout: "60000" },
      "credentials that are not an array": { allowCredentials: {} },
      "a credential that is a string": { allowCredentials: ["AAAA"] },
      "a credential without a type": { allowCredentials: [{ id: "AAAA" }] },
      "transports that are a string": { allowCredentials: [{ type: "public-key", id: "AAAA", transports: "usb" }] },
      "hints that are numbers": { hints: ["hybrid", 1] },
      "extensions that are a string": { extensions: "prf" },
      "a status that is not ok": { status: "failed", errorMessage: "no such user" },
    }).map(([name, properties]) => [
      name,
      () => {
        const argument = createArgument(1);
        Object.assign(argument.credentialRequestOptions, properties);
        return [argument, settings];
      },
    ]),
  ),
};

/** Serializes a value, independent of the order of properties. Signals are equal, because each call has its own. */
const serialize = (value) =>
  JSON.stringify(value, (name, property) => {
    if (ArrayBuffer.isView(property)) return /** @type {Uint8Array} */ (property).toHex();
    if (name === "signal") return "a signal";
    if (name === "body") return JSON.parse(property);
    if (typeof property != "object" || property === null || Array.isArray(property)) return property;
    return Object.fromEntries(Object.entries(property).sort(([a], [b]) => (a < b ? -1 : 1)));
  });

/** Throws if they differ. Resolves to the number of cases. The `message` of a failure is not compared. */
export const compare = async (credential, authenticate, plain) => {
  for (const [name, create] of Object.entries(CASES)) {
    const values = create();
    const outcomes = [];
    for (const call of [authenticate, plain]) {
      const calls = [];
      stub(credential, (browserCall) => calls.push(browserCall));
      const { success, code, token } = await call(...values);
      outcomes.push(serialize({ calls, success, code, token }));
    }
    if (outcomes[0] !== outcomes[1])
      throw new Error(`plain JavaScript behaves differently: ${name}\n${outcomes.join("\n")}`);
  }
  stub(credential);
  return Object.keys(CASES).length;
};
