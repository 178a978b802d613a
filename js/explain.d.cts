// `webauthn-result/explain`: texts that tell users how a call ended and what to do.

import type { Cause } from "./cause.cjs";

/**
 * A text for users: plain text, not HTML.
 *
 * @example
 * ```ts
 * import type { ExplanationText } from "webauthn-result/explain";
 *
 * const locked: ExplanationText = {
 *   title: "Temporarily locked",
 *   advice: "Please choose another way, or call us at 0800 123 456.",
 * };
 * ```
 */
export interface ExplanationText {
  /** What happened. The built-in titles have at most 60 characters and no period, e.g. `"Approved"`. */
  title: string;
  /** What to do next. The built-in advice has one or two sentences, and says to try again only where it can help. */
  advice: string;
}

/**
 * A text for users in one language, without codes or technical terms. Beside it is the cause, which is for code.
 *
 * @example
 * ```ts
 * import { explain, type Explanation } from "webauthn-result/explain";
 *
 * const explanation: Explanation = explain("error-0005", "en");
 * console.log(`${explanation.title}. ${explanation.advice}`);
 * ```
 */
export interface Explanation extends ExplanationText {
  /** Why the call ended so: the cause of `causeOf`, for your code. */
  cause: Cause;
}

/**
 * The codes that have an explanation of their own: the status codes of `authenticate` and `register`, and the statuses
 * and error codes of `CIBAClient`, those of an AuthSec server included. Any other string counts as a code of the server.
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
  | "connection_failed"
  | "user_not_found"
  | "unknown_user_id"
  | "no_device_registered"
  | "temporarily_locked"
  | "slow_down"
  | "http_429"
  | "unexpected_response"
  | "server_error"
  | "temporarily_unavailable"
  | "invalid_argument"
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_scope"
  | "invalid_binding_message"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "tenant_not_found"
  | "module_not_loaded"
  | "module_crashed"
  | `http_${number}`;

/**
 * The argument of `explain`: a result of `authenticate`, `register` or `CIBAClient`, the `code` of a result, or a code.
 * Pass the whole result if you have it, because several causes share a code. `null` and `undefined` get the generic
 * explanation.
 *
 * @example
 * ```ts
 * import { explain, type Explainable } from "webauthn-result/explain";
 *
 * function show(outcome: Explainable, element: { textContent: string | null }): void {
 *   element.textContent = explain(outcome).title;
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
 * The keys of the texts. Most are causes; some causes share a text. The other keys are:
 *
 * - `generic`: what the causes share that have no text of their own.
 * - `integrationError`: the same, if the page, its backend or its policies are wrong (`next` is `"fixCode"`).
 * - `serviceProblem`, `tooOften`: the cause is `unreachable`, and the server responded that it has a problem or that there
 *   were too many requests.
 * - `codesInCheck`: the cause is `too_many_retries`, and no code was wrong: the last ones are still being verified.
 *
 * @example
 * ```ts
 * import type { ExplanationKey } from "webauthn-result/explain";
 *
 * const ours: ExplanationKey[] = ["refused", "generic"];
 * ```
 */
export type ExplanationKey =
  | Exclude<
      Cause,
      | "unknown_user_id"
      | "notLoaded"
      | "crashed"
      | "unknown"
      | "insecureContext"
      | "policyForbids"
      | "invalidOptions"
      | "invalidSettings"
      | "invalid_argument"
      | "unexpected_response"
      | "invalid_client"
      | "invalid_scope"
      | "tenant_not_found"
      | "serverError"
    >
  | "generic"
  | "integrationError"
  | "serviceProblem"
  | "tooOften"
  | "codesInCheck";

/**
 * All texts of a language. Declare a language of your own with this type, and TypeScript reports each text that is missing.
 * The causes that share a text, such as `notLoaded`, may have one of their own.
 *
 * @example
 * ```ts
 * import { type Explainable, type ExplanationWords, explain } from "webauthn-result/explain";
 *
 * const explainInDutch = (outcome: Explainable, nl: ExplanationWords) =>
 *   explain(outcome, { language: "nl", words: { nl } });
 * ```
 */
export type ExplanationWords = { readonly [key in ExplanationKey]: Readonly<ExplanationText> } & {
  readonly [cause in Cause]?: Readonly<ExplanationText>;
};

/**
 * The language, and your own texts.
 *
 * @example
 * ```ts
 * import { type ExplainOptions, explain } from "webauthn-result/explain";
 *
 * const options: ExplainOptions = {
 *   language: "en-GB",
 *   words: { en: { generic: { title: "That did not work", advice: "Please try again, or call us at 0800 123 456." } } },
 * };
 * const { advice } = explain({ status: "error" }, options);
 * ```
 */
export interface ExplainOptions {
  /** A BCP 47 tag such as `"de-CH"`. */
  readonly language?: string | undefined;
  /**
   * Your texts, by language and key. They come before the built-in ones, and those remain for every key that you leave out.
   * The key of a language is a BCP 47 tag: `pt` is for every Portuguese, `"pt-PT"` is for Portugal and comes before `pt`.
   */
  readonly words?: { readonly [language: string]: Partial<ExplanationWords> | undefined } | undefined;
}

/**
 * Returns a text for users that says how a call ended and what to do next, in English, German, French, Italian, Spanish,
 * Portuguese or a language of your own. Never throws.
 *
 * The texts follow from the cause of the result, which is returned beside them and is that of `causeOf`
 * (`webauthn-result/cause`).
 *
 * @param outcome a result or a code; anything else gets a generic explanation
 * @param options a BCP 47 tag such as `"de-CH"`, or an object with the `language` and your own `words`. The text is in the
 *   first of these languages that has it: this one, that of the `lang` attribute of the page's root element, the browser's
 *   languages, English. Always pass the language in server-side rendering.
 * @returns a new object
 *
 * @example
 * ```ts
 * import { explain } from "webauthn-result/explain";
 *
 * const { title, advice, cause } = explain(
 *   {
 *     success: false,
 *     code: { statusCode: "error-0001", message: "Failed to authenticate with WebAuthn credential." },
 *     message: "Error while trying to authenticate. NotAllowedError: The operation was not allowed.",
 *   },
 *   "de-CH",
 * );
 * // title: "Nicht bestätigt", cause: "dismissed"
 * ```
 */
export declare function explain(outcome: Explainable, options?: string | ExplainOptions): Explanation;
