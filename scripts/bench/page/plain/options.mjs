// Checks each property of the options, and converts it for the browser.

import { fromBase64url } from "./base64url.mjs";
import { fail } from "./failure.mjs";

const reject = (path, problem) => fail("options", `credentialRequestOptions${path}${problem}`);

export const isObject = (value) => typeof value == "object" && value !== null;

const string = (value, path) => (typeof value == "string" ? value : reject(path, " must be a string"));

const bytes = (value, path) => {
  if (!/^[\w-]*=*$/.test(string(value, path))) reject(path, " must be a base64url string");
  let decoded;
  try {
    decoded = fromBase64url(value);
  } catch {
    reject(path, " must be a base64url string");
  }
  return decoded.length ? decoded : reject(path, " must not be empty");
};

const milliseconds = (value, path) => {
  if (!(typeof value == "number" && value >= 0 && value < Infinity)) reject(path, " must be a number of milliseconds");
  return Math.min(value, 2 ** 32 - 1);
};

const list = (value, path, check) =>
  Array.isArray(value)
    ? value.map((item, index) => check(item, `${path}[${index}]`))
    : reject(path, " must be an array");

const strings = (value, path) => list(value, path, string);

const descriptor = (value, path) => {
  if (!isObject(value)) reject(path, " must be an object");
  const { type, id, transports } = value;
  if (type == null) reject(path, ".type is missing");
  if (id == null) reject(path, ".id is missing");
  const checked = { type: string(type, `${path}.type`), id: bytes(id, `${path}.id`) };
  if (transports != null) checked.transports = strings(transports, `${path}.transports`);
  return checked;
};

/** Passes extension inputs unchanged, except those that are base64url in JSON. */
const extensionInputs = (value) => {
  if (!isObject(value)) reject(".extensions", " must be an object");
  const inputs = { ...value };
  const buffer = (input, path) => (typeof input == "string" ? bytes(input, path) : input);
  const values = (inputValues, path) => {
    if (!isObject(inputValues)) return inputValues;
    const copy = { ...inputValues };
    for (const name of ["first", "second"]) if (copy[name] != null) copy[name] = buffer(copy[name], `${path}.${name}`);
    return copy;
  };
  if (isObject(inputs.prf)) {
    const { eval: one, evalByCredential: each } = inputs.prf;
    const prf = (inputs.prf = { ...inputs.prf });
    if (one != null) prf.eval = values(one, ".extensions.prf.eval");
    if (isObject(each))
      prf.evalByCredential = Object.fromEntries(
        Object.entries(each).map(([id, given]) => [id, values(given, `.extensions.prf.evalByCredential.${id}`)]),
      );
  }
  if (inputs.largeBlob?.write != null)
    inputs.largeBlob = { ...inputs.largeBlob, write: buffer(inputs.largeBlob.write, ".extensions.largeBlob.write") };
  return inputs;
};

/** Returns the options for the browser. */
export const checkOptions = (options) => {
  if (options == null) reject("", " is missing");
  if (!isObject(options)) reject("", " must be an object");
  const { challenge, timeout, rpId, allowCredentials, userVerification, hints, extensions } = options;
  if (challenge == null) reject(".challenge", " is missing");
  const checked = { challenge: bytes(challenge, ".challenge") };
  if (timeout != null) checked.timeout = milliseconds(timeout, ".timeout");
  if (rpId != null && string(rpId, ".rpId")) checked.rpId = rpId;
  if (allowCredentials != null) {
    const allowed = list(allowCredentials, ".allowCredentials", descriptor);
    if (allowed.length) checked.allowCredentials = allowed;
  }
  if (userVerification != null) checked.userVerification = string(userVerification, ".userVerification");
  if (hints != null) checked.hints = strings(hints, ".hints");
  if (extensions != null) checked.extensions = extensionInputs(extensions);
  if (options.status != null && options.status !== "ok")
    reject(".status", options.errorMessage ? ` is not ok: ${options.errorMessage}` : " is not ok");
  return checked;
};
