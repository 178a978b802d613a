// Runs in the page: compares results with the documented tables, and reports deviations.

/** A deviation; a failing test prints it. */
export class Flaw extends Error {}

const fail = (text) => {
  throw new Flaw(text);
};

const show = (value) => {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value;
  }
};

const keysOf = (value) => Reflect.ownKeys(value).map(String).join();

/** A plain object of this realm or of that of `frame`, the frame's globals before any patch, with exactly these properties in this order. */
const assertPlain = (value, keys, { Object: Own } = globalThis) => {
  if (value === null || typeof value != "object") fail(`is no object: ${show(value)}`);
  if (Object.getPrototypeOf(value) !== Own.prototype) fail(`is no plain object: ${show(value)}`);
  if (!keys.includes(keysOf(value))) fail(`has the members ${keysOf(value)}, not ${keys.join(" or ")}`);
};

/** An own property, because the prototypes of a frame may be polluted. */
const own = (value, name) => (Object.hasOwn(value, name) ? value[name] : undefined);

const isText = (value) => typeof value == "string" && value !== "";

/** A failure's members, also with words of the server or about an argument after its `error`. */
const failureKeys = (keys) =>
  ["", ",error_description", ",message", ",error_description,message"].map((words) =>
    keys.replace("error", `error${words}`),
  );

/** The words beside an `error`; an invalid argument is always named. */
const judgeWords = (result) => {
  for (const name of ["error_description", "message"])
    if (Object.hasOwn(result, name) && !isText(result[name])) fail(`has the ${name} ${show(result[name])}`);
  if (result.error === "invalid_argument" && !/ must be /.test(own(result, "message")))
    fail(`does not name the argument: ${show(result)}`);
};

const RESULT_KEYS = ["success,code,message", "success,code,token"];

/**
 * A result of `authenticate` or `register`.
 *
 * @param {string} name the function
 * @param {object} texts `code.message` by `code.statusCode`
 * @param {{ isSuccessPossible?: boolean, isCrashPossible?: boolean, frame?: { Object: ObjectConstructor } }} options
 */
export const judgeResult = (name, result, texts, options = {}) => {
  const { isSuccessPossible = true, isCrashPossible = false, frame } = options;
  assertPlain(result, RESULT_KEYS, frame);
  const [success, code, token, message] = ["success", "code", "token", "message"].map((name) => own(result, name));
  assertPlain(code, ["statusCode,message"], frame);
  const { statusCode } = code;
  const documented =
    name === "authenticate" ? /^(success-authentication|error-00\d\d)$/ : /^(success-registration|error-10\d\d)$/;
  if (!documented.test(statusCode) || !Object.hasOwn(texts, statusCode)) fail(`has the code ${show(statusCode)}`);
  if (code.message !== texts[statusCode]) fail(`has the text ${show(code.message)} for ${statusCode}`);
  if (success !== statusCode.startsWith("success-")) fail(`is ${show(success)} with ${statusCode}`);
  if (success ? !isText(token) : !isText(message)) fail(`has ${show(token ?? message)} beside ${statusCode}`);
  if (success && !isSuccessPossible) fail("claims a success that nobody granted");
  if (!isCrashPossible && /crash/.test(message)) fail(`tells of a crash: ${message}`);
  // A frame's prototypes may be polluted, which affects how a result leaves it.
  if (!frame && JSON.stringify(structuredClone(result)) !== JSON.stringify(result))
    fail("does not survive structuredClone");
};

const isCount = (value) => value === 0 || value === 1 || value === 2 || value === 3;
const isCode = (value, { isCrashPossible }) => {
  if (!isText(value)) fail(`has the error ${show(value)}`);
  if (!isCrashPossible && value === "module_crashed") fail("tells of a crash");
};
const isToken = (value, { isSuccessPossible = true }) => {
  if (!isText(value)) fail(`has the token ${show(value)}`);
  if (!isSuccessPossible) fail("claims a success that nobody granted");
};

const refusal = (result, options) => {
  assertPlain(result, failureKeys("success,error"), options.frame);
  judgeWords(result);
  if (result.success !== false) fail(`is ${show(result.success)} with an error`);
  isCode(result.error, options);
};

const tokenOrNull = (result, options) => result === null || isToken(result, options);

/** By method of the CIBA client. */
const METHODS = {
  initiateAppApproval(result, options) {
    if (own(result ?? {}, "auth_req_id") === undefined) return refusal(result, options);
    assertPlain(result, ["auth_req_id,expires_in,interval"], options.frame);
    if (!isText(result.auth_req_id)) fail(`has the request ${show(result.auth_req_id)}`);
    if (!(result.expires_in > 0) || !(result.interval > 0)) fail(`has other times: ${show(result)}`);
  },
  pollForApproval(result, options) {
    assertPlain(result, ["status", "status,token", ...failureKeys("status,error")], options.frame);
    const { status } = result;
    if (status === "approved") isToken(result.token, options);
    else if (status === "error") {
      isCode(result.error, options);
      judgeWords(result);
    } else if (
      !["access_denied", "timeout", "expired_token", "cancelled"].includes(status) ||
      keysOf(result) !== "status"
    )
      fail(`is ${show(result)}`);
  },
  verifyTotp(result, options) {
    assertPlain(result, ["success,token,remaining", ...failureKeys("success,error,remaining")], options.frame);
    if (!isCount(result.remaining)) fail(`has ${show(result.remaining)} attempts left`);
    if (result.success === true) {
      if (result.token !== null) isToken(result.token, options);
      if (result.remaining !== 3) fail("has burnt an attempt by a success");
    } else if (result.success === false) {
      isCode(result.error, options);
      judgeWords(result);
    } else fail(`is ${show(result)}`);
  },
  safeAuthenticate(result, options) {
    if (result?.success !== true) return refusal(result, options);
    assertPlain(result, ["success,token"], options.frame);
    isToken(result.token, options);
  },
  authenticateWithRetry: tokenOrNull,
  authenticateWithFallback: tokenOrNull,
  cancelApproval(result, { frame }) {
    assertPlain(result, ["status"], frame);
    if (result.status !== "cancelled") fail(`is ${show(result)}`);
  },
};

export const METHOD_NAMES = Object.keys(METHODS);

export const judgeMethod = (method, result, options = {}) => METHODS[method](result, options);

export const judgeSupport = (result, frame) => {
  assertPlain(result, ["webauthn,platformAuthenticator,autofill,capabilities"], frame);
  const { capabilities, ...more } = result;
  if (Object.getPrototypeOf(Object(capabilities)) === null || Array.isArray(capabilities)) fail(`is ${show(result)}`);
  for (const value of [...Object.values(more), ...Object.values(capabilities)])
    if (typeof value != "boolean") fail(`is ${show(result)}`);
};

export const judgeCause = (result, frame) => {
  assertPlain(result, ["cause,silent,next"], frame);
  if (!isText(result.cause) || typeof result.silent != "boolean" || !isText(result.next)) fail(`is ${show(result)}`);
};

export const judgeExplanation = (result, frame, longestTitle = 60) => {
  assertPlain(result, ["title,advice,cause"], frame);
  if (!isText(result.title) || result.title.length > longestTitle || !isText(result.advice) || !isText(result.cause))
    fail(`is ${show(result)}`);
};
