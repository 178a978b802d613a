// Calls the shop's backend, which has the access key of the Authentication Cloud. The key must not reach a page.

/** Errors of a verification that asking again cannot change. */
const FINAL = ["not_approved", "already_verified", "unknown_transaction"];

/** The backend did not do what it was asked to. `code` is the `error` of its response. */
class BackendError extends Error {
  code;
  /** Whether the backend would say the same again. */
  isFinal;

  constructor(code, options) {
    super(code, options);
    this.code = code;
    this.isFinal = FINAL.includes(code);
  }
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  // Without the parser's error, which can quote a token.
  const value = await response.json().catch(() => undefined);
  if (response.ok && value) return value;
  throw new BackendError(value?.error ?? `http_${response.status}`);
}

/** Starts a registration. Resolves to the argument of `register`. */
export async function startRegistration(username) {
  return (await post("/api/enroll", { username })).enrollment;
}

/** Starts an approval, by any passkey if the name is missing or empty. Resolves to the argument of `authenticate`. */
export async function startApproval(username) {
  return post("/api/approve", { username: username || undefined });
}

/** Has the backend verify a success, which acts on it once, however often it is asked. Rejects unless it was verified. */
export async function confirm(token, { statusToken }) {
  for (let attempt = 1; ; attempt++)
    try {
      const { active } = await post("/api/introspect", { token, statusToken });
      if (active) return;
      throw new BackendError("not_approved");
    } catch (error) {
      if (error instanceof BackendError && PROBLEMS[error.code]) throw error;
      // The response was lost, or the backend could not reach the cloud: it may have worked.
      if (attempt === 3) throw new BackendError("not_known", { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
}

const PROBLEMS = {
  name_taken: { title: "This name is taken", advice: "Sign in first, or choose another name." },
  unknown_user: { title: "Unknown name", advice: "Nobody has a passkey under this name. Create one first." },
  invalid_username: { title: "This name can't be used", advice: "Use letters, digits and _ - . @" },
  not_approved: { title: "Not confirmed", advice: "Our shop could not confirm it. Please try again." },
  not_known: { title: "We don't know yet whether it worked", advice: "Please check before you try again." },
  unknown_transaction: { title: "This took too long", advice: "Please check whether it worked before you try again." },
  already_verified: { title: "It was confirmed before", advice: "Please check before you try again." },
  too_many_requests: { title: "Too many attempts", advice: "Please wait a few minutes." },
};

/** What to show if a call to the backend failed. */
export function problemOf(error) {
  const known = error instanceof BackendError ? PROBLEMS[error.code] : undefined;
  return known ?? { title: "Our shop did not respond", advice: "Please try again in a moment." };
}
