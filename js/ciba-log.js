// What the page's logger is told: never a token, a TOTP code or an auth_req_id.

/**
 * What a page's function throws is the page's own affair.
 *
 * @param {() => void} act
 */
export const tell = (act) => {
  try {
    act();
  } catch {}
};

/**
 * The page's, whose methods may be absent: then a call of one throws, and `tell` catches that.
 *
 * @typedef {Required<import("./ciba.d.ts").Logger>} Logger
 */

/**
 * The log of a call for this email: `log(level, words)` adds the email, and what comes after it.
 *
 * @param {Logger | null | undefined} logger
 * @param {string} email
 * @returns {(level: keyof Logger, words: string, more?: string) => void}
 */
export const createLog =
  (logger, email) =>
  (level, words, more = "") =>
    tell(() => logger?.[level](words + email + more));

// Small letters, underscores and no more than three digits: `invalid_grant` and `http_404`, no identifier and no TOTP.
const CODE = /^[a-z_]*(\d[a-z_]*){0,3}$/;

/**
 * A code, unless it is words of the server's own, which may quote a secret: the page has them in the result.
 *
 * @param {string} code
 */
export const loggable = (code) => (CODE.test(code) ? code : "the server's own words, which only the result repeats");
