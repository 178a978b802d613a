// One call of the module, as it reads and acts in the page: the module decides each step.

import { Bare } from "./bare.js";
import { encode } from "./base64url.js";
import { limit, post, takeOver } from "./host.js";
import { read } from "./read.js";
import { RULES } from "./rules.js";

/**
 * The result of a call, whose ceremony says which of the codes it may have.
 *
 * @typedef {Success<"success-authentication" | "success-registration"> | Failure<ErrorCode>} Result
 * @import { Failure, Success } from "./index.d.ts"
 * @import { ErrorCode } from "./failure.js"
 */

/**
 * The arguments as they were read, binary members as bytes.
 *
 * @typedef {object} Options
 * @property {PublicKeyCredentialRequestOptions} [credentialRequestOptions] of an authentication
 * @property {PublicKeyCredentialCreationOptions} [credentialCreationOptions] of a registration
 * @property {string} [userId]
 * @property {string} statusToken
 * @property {string} [authenticatorName]
 */

/** @typedef {import("./index.d.ts").Settings} Settings */

/**
 * A call. `createCall` sets the first two properties and the functions below the others, each when it is known.
 *
 * @typedef {object} Call
 * @property {boolean} register whether it is a registration
 * @property {{ options: unknown, settings: unknown }} page what the page passed
 * @property {(result: Result) => void} answer resolves the promise that the page has
 * @property {{ options: Options, settings?: Settings }} copy what `read` returned of `page`
 * @property {import("./read.js").Values} values
 * @property {Options} options
 * @property {Settings} settings
 * @property {boolean} [hasConsented] whether the user has confirmed
 * @property {import("./host.js").Limit} controller of the prompt that is open
 * @property {string} body of the finalization
 */

/** @typedef {{ response: Response, json: unknown }} Exchanged */

/**
 * A value, and what `read` returned of it.
 *
 * @typedef {{ copy?: unknown, values?: import("./read.js").Values }} Read
 */

/**
 * @template T
 * @typedef {import("./host.js").Box<T>} Box
 */

/**
 * A credential of either ceremony.
 *
 * @typedef {Omit<PublicKeyCredential, "response"> & {
 *   response: AuthenticatorAssertionResponse & AuthenticatorAttestationResponse,
 * }} Credential
 */

/**
 * A call with its ceremony and what the page passed. Later properties are set on an object without a prototype, so that no
 * setter of the page intercepts them.
 *
 * @param {boolean} register
 * @param {unknown} options
 * @param {unknown} settings
 */
export const createCall = (register, options, settings) => {
  /** @type {Call} */
  const call = new Bare();
  call.register = register;
  call.page = { options, settings };
  return call;
};

/**
 * Reads what the page passed, and returns the facts.
 *
 * @param {Call} call
 */
export const readCall = (call) => {
  const facts = read(call, call.page, RULES[+call.register]);
  const { options, settings } = call.copy;
  call.options = options;
  call.settings = settings ?? new Bare();
  return facts;
};

/**
 * Reads what `exchange` resolved to, in its box of js/host.js, and returns the facts.
 *
 * @param {Box<Exchanged> & Read} box
 */
export const readAnswer = (box) => read(box, box.value.json, RULES[2]);

/**
 * A number or a string that a fact of these stands for.
 *
 * @param {Pick<Call, "values">} holder
 * @param {number} index
 */
export const valueAt = ({ values }, index) => values[index];

/**
 * What a page's function throws is the page's own affair.
 *
 * @template Value
 * @param {((value: Value) => void) | undefined} listener
 * @param {Value} value
 */
const tellPage = (listener, value) => {
  try {
    listener?.(value);
  } catch {}
};

/** @type {import("./index.d.ts").Stage[]} */
const STAGES = ["prompting", "finalizing", "recovering"];

/**
 * Notifies the page of the stage that begins, by its number in Rust.
 *
 * @param {Call} call
 * @param {number} stage
 */
export const tell = (call, stage) => {
  call.hasConsented = stage > 0;
  tellPage(call.settings.onProgress, STAGES[stage]);
};

/**
 * Browsers that have Permissions Policy as an API know when this frame may not use WebAuthn.
 *
 * @param {string} feature
 */
const isBlocked = (feature) => {
  try {
    const policy = document.featurePolicy;
    // One that the browser does not know is not allowed either.
    return policy?.allowsFeature(feature) === false && policy.features().includes(feature);
  } catch {}
};

export const container = () => navigator.credentials;

/**
 * Why there is no such ceremony here, by its number in Rust; 0 where there is.
 *
 * @param {Call} call
 */
export const obstacle = ({ register }) => {
  try {
    if (!isSecureContext) return 1;
    const method = register ? "create" : "get";
    if (typeof PublicKeyCredential != "function" || typeof container()[method] != "function") return 2;
    return isBlocked(`publickey-credentials-${method}`) ? 3 : 0;
  } catch {
    return 2;
  }
};

/**
 * Takes over from the prompt that is open; this one ends after `ms` milliseconds (0: never).
 *
 * @param {Call} call
 * @param {number} ms
 */
export const open = (call, ms) => {
  call.controller = takeOver(ms, call.settings.signal);
};

/**
 * What `promise` settles to, unless the prompt has to end first.
 *
 * @template T
 * @param {Call} call
 * @param {PromiseLike<T>} promise
 */
export const untilEnd = ({ controller }, promise) => controller.until(promise);

/** @param {boolean} register */
const hasConditional = async (register) =>
  register
    ? (await PublicKeyCredential.getClientCapabilities?.())?.conditionalCreate
    : PublicKeyCredential.isConditionalMediationAvailable?.();

/**
 * Whether this browser can do what `mediation: "conditional"` asks for.
 *
 * @param {Call} call
 */
export const ability = (call) => untilEnd(call, hasConditional(call.register));

/**
 * Whether what that resolved to, in its box, says so.
 *
 * @param {Box<unknown>} box
 */
export const isAble = ({ value }) => value === true;

/**
 * What the browser is asked.
 *
 * @param {Call} call
 */
export const requestOf = ({ register, options, settings, controller }) => {
  /** @type {{ publicKey?: Options[keyof Options], signal: AbortSignal, mediation?: "conditional" }} */
  const request = new Bare();
  request.publicKey = options[register ? "credentialCreationOptions" : "credentialRequestOptions"];
  request.signal = controller.signal;
  if (settings.mediation == "conditional") request.mediation = "conditional";
  return request;
};

/**
 * The prompt is over.
 *
 * @param {Call} call
 */
export const close = ({ controller }) => controller.close();

/**
 * The bytes of a buffer or of a view of one, of whatever realm, as base64url; undefined where it is none, or empty.
 *
 * @param {() => BufferSource | null | undefined} get
 */
export const textOf = (get) => {
  try {
    const value = get();
    // Before something throws, which takes longer than all the rest of a call.
    if (!value) return;
    const {
      buffer = /** @type {ArrayBuffer} */ (value),
      byteOffset,
      byteLength,
    } = /** @type {ArrayBufferView<ArrayBuffer>} */ (value);
    if (byteLength > 0) return encode(new Uint8Array(buffer, byteOffset, byteLength));
  } catch {}
};

const ASSERTION = /** @type {const} */ (["authenticatorData", "clientDataJSON", "signature", "userHandle"]);
const ATTESTATION = /** @type {const} */ (["clientDataJSON", "attestationObject"]);

/**
 * Builds the body of the finalization from the credential (docs/contract.md, section A4), and passes the outputs of its
 * extensions to the page. Returns the name of the property that the credential lacks, if any.
 *
 * It is read by its members: a password manager's own may fail `instanceof` and lack `toJSON`.
 *
 * @param {Call} call
 * @param {Box<Credential>} box
 */
export const take = (call, { value: credential }) => {
  const { userId, statusToken, authenticatorName } = call.options;
  const id = textOf(() => credential.rawId);
  if (!id) return "rawId";
  let response = "";
  for (const name of call.register ? ATTESTATION : ASSERTION) {
    let text = textOf(() => credential.response[name]);
    // An authenticator that knows whose the credential is tells; for one that isn't discoverable this is what the
    // `userId` of the approval response is for.
    if (!text && userId && name == "userHandle") text = encode(new TextEncoder().encode(userId));
    if (!text) return name;
    response += `${response && ","}"${name}":"${text}"`;
  }
  // Written by hand: of an object, JSON.stringify would ask the page's own `toJSON`.
  const label = authenticatorName ? `,"userFriendlyName":${JSON.stringify(authenticatorName)}` : "";
  call.body = `{"type":"public-key","id":"${id}","response":{${response}},"statusToken":${JSON.stringify(statusToken)}${label},"userAgent":${JSON.stringify(navigator.userAgent)}}`;
  const { onExtensionResults } = call.settings;
  if (onExtensionResults) {
    /** @type {AuthenticationExtensionsClientOutputs | undefined} */
    let outputs;
    try {
      outputs = credential.getClientExtensionResults();
    } catch {}
    tellPage(onExtensionResults, outputs);
  }
};

/**
 * Sends the body, or asks what became of it, within `ms` milliseconds. Resolves to the `Response`, and to its JSON where it
 * has some.
 *
 * @param {Call} call
 * @param {string} path
 * @param {number} ms
 */
export const exchange = ({ settings, options, body }, path, ms) => {
  const controller = limit(ms);
  const send = async () => {
    try {
      const sent = path != "/api/v1/status" ? body : `{"statusToken":${JSON.stringify(options.statusToken)}}`;
      const response = await post((settings.baseUrl ?? location.origin) + path, sent, controller.signal);
      // What only looks like one may have any status.
      if (!(response instanceof Response)) throw response;
      const text = await response.text();
      /** @type {unknown} */
      let json;
      try {
        json = JSON.parse(text);
      } catch {}
      /** @type {Exchanged} */
      const answer = new Bare();
      answer.response = response;
      answer.json = json;
      return answer;
    } finally {
      controller.close();
    }
  };
  return controller.until(send());
};

/** @param {Box<Exchanged>} box */
export const responseOf = ({ value }) => value.response;

/** @param {Call} call */
export const finalizeTimeout = ({ settings }) => settings.finalizeTimeout ?? 10_000;

/** @param {number} ms */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {() => unknown} get */
const word = (get) => {
  try {
    const text = get();
    if (typeof text == "string" && text) return text;
  } catch {}
};

/**
 * What was thrown or rejected, in words. Pages and wrappers throw other things than exceptions too: a string is the message.
 *
 * @param {Partial<Record<keyof Error, unknown>>} exception
 */
export const describe = (exception) =>
  `${word(() => exception.name) ?? "Error"}: ${
    word(() => exception.message) ?? word(() => exception) ?? "no reason given"
  }`;

/**
 * Resolves the call. By a literal, which defines its properties whatever setters the page has given to all objects.
 *
 * @param {Call} call
 * @param {[statusCode: string, message: string, text: string]} report
 */
export const finish = (call, { 0: statusCode, 1: message, 2: text }) => {
  // By no function that a page may have put another one in place of: a failure that looks like a success is the worst.
  const success = statusCode[0] == "s";
  call.answer(
    /** @type {Result} */ (
      /** @type {unknown} */ ({
        success,
        code: { statusCode, message },
        [success ? "token" : "message"]: text,
      })
    ),
  );
};
