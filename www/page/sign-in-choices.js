// What the sign-in offers at each step, and in which order.

/** The texts of the choices. */
export const CHOICES = {
  passkey: "Try the passkey again",
  push: "Approve on your phone",
  again: "Send another request",
  code: "Use a code instead",
  check: "See whether it worked",
  restart: "Start again",
};
/** The choices after a passkey that failed, by what the package advises to do next. Each call starts a new transaction. */
export const AFTER_PASSKEY = {
  none: ["push", "passkey", "code", "restart"],
  retry: ["push", "passkey", "code", "restart"],
  newTransaction: ["passkey", "push", "code", "restart"],
  otherWay: ["push", "code", "restart"],
  fixCode: ["push", "code", "restart"],
  // Before anything else, so that nobody signs in twice.
  checkOutcome: ["check", "restart"],
};
/** The text of the first step's button, by way. */
export const START_TEXTS = {
  passkey: "Sign in with a passkey",
  push: "Approve on your phone",
  code: "Enter a code",
};
/** What the pressed button says until the way has ended. */
export const WAITING_TEXTS = {
  passkey: "Waiting for your passkey…",
  verifying: "Verifying…",
  code: "Checking the code…",
  check: "Checking…",
};
