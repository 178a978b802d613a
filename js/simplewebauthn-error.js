// The errors of `webauthn-result/simplewebauthn`: what SimpleWebAuthn throws where a call here resolves to a failure.

/** @import { Failure } from "./index.d.ts" */
/** @import { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON, WebAuthnErrorCode } from "./simplewebauthn.d.ts" */

/** See simplewebauthn.d.cts. Its `cause` is always there, which TypeScript cannot know. */
export const WebAuthnError = /** @type {typeof import("./simplewebauthn.d.ts").WebAuthnError} */ (
  class extends Error {
    /** @param {{ message: string, code: WebAuthnErrorCode, cause: Error, name?: string }} parts */
    constructor({ message, code, cause, name }) {
      super(message, { cause });
      this.name = name ?? cause.name;
      this.code = code;
    }
  }
);

/**
 * The error to throw, with the result in its property `result`.
 *
 * @param {Failure<any>} result
 * @param {Partial<PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON>} options
 * @param {boolean | undefined} isConditional
 */
export const errorOf = (result, { rp, rpId, authenticatorSelection, pubKeyCredParams }, isConditional) => {
  // The module's words, then the browser's exception.
  const [, name, text] = /^Error [^.]+\. (\w+): (.*)/s.exec(result.message) ?? [];
  // The module ends a prompt that the browser has left open. Where the browser does it, the name is the other one.
  const cause = name
    ? new DOMException(text, name == "TimeoutError" ? "NotAllowedError" : name)
    : Error(result.message);
  const hostname = globalThis.location?.hostname;
  // Where an exception has several reasons, the options say which it is.
  const code = /** @type {Record<string, any>} */ ({
    // A wrapper of WebAuthn may have chosen any name.
    __proto__: null,
    AbortError: "CEREMONY_ABORTED",
    NotAllowedError: "PASSTHROUGH_SEE_CAUSE_PROPERTY",
    UnknownError: "AUTHENTICATOR_GENERAL_ERROR",
    // An IP address, or a name without a dot, is not a valid domain.
    SecurityError: /^localhost$|\.[a-z][a-z\d-]+$/.test(hostname)
      ? (rp ? rp.id : rpId) != hostname && "INVALID_RP_ID"
      : "INVALID_DOMAIN",
    ...(rp && {
      InvalidStateError: "AUTHENTICATOR_PREVIOUSLY_REGISTERED",
      NotSupportedError: pubKeyCredParams?.some(({ type }) => type == "public-key")
        ? "AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG"
        : "MALFORMED_PUBKEYCREDPARAMS",
      ConstraintError: authenticatorSelection?.requireResidentKey
        ? "AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT"
        : authenticatorSelection?.userVerification == "required" &&
          (isConditional
            ? "AUTO_REGISTER_USER_VERIFICATION_FAILURE"
            : "AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT"),
    }),
  })[cause.name];
  const error = code
    ? new WebAuthnError({ message: cause.message, code: /** @type {any} */ (`ERROR_${code}`), cause })
    : cause;
  return Object.assign(error, { result });
};
