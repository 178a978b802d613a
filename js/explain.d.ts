// Types of `webauthn-result/explain`: words with which a page tells a person how it ended.

/**
 * What to show to a person: plain text (not HTML) in one language, without codes or technical terms.
 *
 * @example
 * ```ts
 * import { explain, type Explanation } from "webauthn-result/explain";
 *
 * const explanation: Explanation = explain("error-0005", "en");
 * console.log(`${explanation.title}. ${explanation.advice}`);
 * ```
 */
export interface Explanation {
  /** What happened, in at most 60 characters and without a full stop, e.g. `"Approved"`. */
  title: string;
  /** What to do next, in one or two sentences. */
  advice: string;
}

/**
 * Every code that has an explanation of its own: the status codes of `authenticate` and `register`, and the statuses
 * and error codes of push approval and TOTP. Any other text gets the generic explanation.
 *
 * @example
 * ```ts
 * import { explain, type ExplainableCode } from "webauthn-result/explain";
 *
 * const shown: ExplainableCode[] = ["timeout", "access_denied"];
 * const titles: string[] = shown.map((code) => explain(code, "fr").title);
 * ```
 */
export type ExplainableCode =
  | "success-authentication"
  | "error-0000"
  | "error-0001"
  | "error-0002"
  | "error-0003"
  | "error-0004"
  | "error-0005"
  | "error-0099"
  | "success-registration"
  | "error-1000"
  | "error-1001"
  | "error-1002"
  | "error-1004"
  | "error-1005"
  | "error-1099"
  | "approved"
  | "access_denied"
  | "timeout"
  | "expired_token"
  | "cancelled"
  | "error"
  | "invalid_code"
  | "too_many_retries"
  | "network_timeout"
  | "connection_failed";

/**
 * What can be explained: a result of `authenticate` or `register` (the whole result tells more than its code, since
 * its `message` tells the cause), its `code` member, a result of the push and TOTP client, or a code.
 * `null` and `undefined` get the generic explanation.
 *
 * @example
 * ```ts
 * import { explain, type Explainable } from "webauthn-result/explain";
 *
 * function show(outcome: Explainable, place: { textContent: string | null }): void {
 *   place.textContent = explain(outcome).title;
 * }
 * show({ status: "error", error: "connection_failed" }, { textContent: "" });
 * ```
 */
export type Explainable =
  | ExplainableCode
  | (string & {})
  | {
      readonly success: boolean;
      readonly code: { readonly statusCode: string; readonly message?: string };
      readonly message?: string;
    }
  | { readonly statusCode: string }
  | { readonly status: string; readonly error?: string }
  | { readonly success: boolean; readonly error?: string; readonly token?: string | null; readonly remaining?: number }
  | null
  | undefined;

/**
 * Tells in words for a person how it ended and what to do next, in English, German, French or Italian.
 *
 * The causes that a failure's `message` tells (dismissed, wrong domain, already registered, no connection, outcome
 * unknown, refused and others) have words of their own, so hand over the whole result where there is one.
 *
 * @param outcome a result or a code; anything else gets the generic explanation
 * @param language a BCP 47 tag such as `"de-CH"`. Where it is absent or none of the four languages, the `lang` of the
 *   page's root element decides, then the browser's languages, then English. A server renderer should always name
 *   it, since it knows neither.
 * @returns a new object at every call; never throws
 *
 * @example
 * ```ts
 * import { explain } from "webauthn-result/explain";
 *
 * const { title, advice } = explain(
 *   {
 *     success: false,
 *     code: { statusCode: "error-0001", message: "Failed to authenticate with WebAuthn credential." },
 *     message: "Error while trying to authenticate. NotAllowedError: The operation was not allowed.",
 *   },
 *   "de-CH",
 * );
 * // title: "Nicht bestätigt"
 * ```
 */
export declare function explain(outcome: Explainable, language?: string): Explanation;
