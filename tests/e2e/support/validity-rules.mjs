// The validity rules of the options (docs/contract.md, section A3), row by row: what violates them, and what does not.

const bytes = (path) => [
  [path, undefined, path],
  [path, null, path],
  [path, 7, path],
  [path, "", path],
  [path, "=", path],
  [path, "no base64url", path],
  [path, "AAAAA", path],
];
const text = (path, more = []) => [[path, 7, path], [path, {}, path], [path, null, null], ...more];
const arrayOfText = (path) => [
  [path, "text", path],
  [path, [7], `${path}[0]`],
  [path, ["unknown"], null],
  [path, null, null],
];
const descriptors = (path) => [
  [path, {}, path],
  [path, [], null],
  [path, null, null],
  [path, ["AAAA"], `${path}[0]`],
  [path, [{ id: "AAAA" }], `${path}[0].type`],
  [path, [{ type: "public-key" }], `${path}[0].id`],
  [
    path,
    [
      { type: "public-key", id: "AAAA" },
      { type: "public-key", id: "a b" },
    ],
    `${path}[1].id`,
  ],
  [path, [{ type: "public-key", id: "AAAA", transports: "usb" }], `${path}[0].transports`],
  [path, [{ type: "public-key", id: "AAAA", transports: ["usb", 7] }], `${path}[0].transports[1]`],
];
const both = [
  ...[-1, NaN, Infinity, "1000", {}].map((value) => ["timeout", value, "timeout"]),
  ["timeout", null, null],
  ...arrayOfText("hints"),
  ["extensions", "text", "extensions"],
  ["extensions", 7, "extensions"],
  ["extensions", null, null],
  ["extensions", { unknown: [{ a: 1 }] }, null],
  ["extensions", { prf: { eval: { first: "no base64url" } } }, "extensions.prf.eval.first"],
  ["extensions", { prf: { eval: { first: "AAAA", second: "a b" } } }, "extensions.prf.eval.second"],
  ["extensions", { largeBlob: { write: "no base64url" } }, "extensions.largeBlob.write"],
  ["status", "ok", null],
  ["status", null, null],
  ["status", "failed", "status"],
  ["status", 7, "status"],
  ["anythingElse", { at: "all" }, null],
];
/**
 * By ceremony: the path of a property, its value, and the path that the message must name; `null` if the options are valid.
 */
export const RULES = {
  authenticate: [
    ["", null, ""],
    ["", "text", ""],
    ["", 7, ""],
    ["", [], "challenge"],
    ...both,
    ...bytes("challenge"),
    ...text("rpId", [["rpId", "", null]]),
    ...descriptors("allowCredentials"),
    ...text("userVerification", [["userVerification", "unknown", null]]),
    [
      "extensions",
      { prf: { evalByCredential: { AAAA: { first: "a b" } } } },
      "extensions.prf.evalByCredential.AAAA.first",
    ],
  ],
  register: [
    ["", null, ""],
    ["", "text", ""],
    ["", [], "rp"],
    ...both,
    ...bytes("challenge"),
    ["rp", undefined, "rp"],
    ["rp", "text", "rp"],
    ["rp", {}, "rp.name"],
    ["rp", { name: 7 }, "rp.name"],
    ["rp", { name: "Shop", id: 7 }, "rp.id"],
    ["rp", { name: "Shop", id: null }, null],
    ["user", undefined, "user"],
    ["user", "text", "user"],
    ...bytes("user.id"),
    ["user.name", undefined, "user.name"],
    ["user.name", 7, "user.name"],
    ["user.displayName", undefined, "user.displayName"],
    ["user.displayName", null, "user.displayName"],
    ["pubKeyCredParams", undefined, "pubKeyCredParams"],
    ["pubKeyCredParams", {}, "pubKeyCredParams"],
    ["pubKeyCredParams", [null], "pubKeyCredParams[0]"],
    ["pubKeyCredParams", [{ alg: -7 }], "pubKeyCredParams[0].type"],
    ["pubKeyCredParams", [{ type: "public-key" }], "pubKeyCredParams[0].alg"],
    ["pubKeyCredParams", [{ type: "public-key", alg: "-7" }], "pubKeyCredParams[0].alg"],
    [
      "pubKeyCredParams",
      [
        { type: "public-key", alg: -7 },
        { type: "public-key", alg: -7.5 },
      ],
      "pubKeyCredParams[1].alg",
    ],
    ...descriptors("excludeCredentials"),
    ["authenticatorSelection", "text", "authenticatorSelection"],
    ["authenticatorSelection", null, null],
    ["authenticatorSelection", { residentKey: 7 }, "authenticatorSelection.residentKey"],
    ["authenticatorSelection", { requireResidentKey: "yes" }, "authenticatorSelection.requireResidentKey"],
    ["authenticatorSelection", { userVerification: {} }, "authenticatorSelection.userVerification"],
    ["authenticatorSelection", { authenticatorAttachment: [] }, "authenticatorSelection.authenticatorAttachment"],
    ...text("attestation", [["attestation", "unknown", null]]),
    ...arrayOfText("attestationFormats"),
  ],
};

/** A copy of the options with another value at `path`; with an empty path, that value. */
export const changed = (options, path, value) => {
  if (!path) return value;
  const copy = structuredClone(options);
  const members = path.split(".");
  const last = members.pop();
  members.reduce((object, member) => object[member], copy)[last] = value;
  return copy;
};
