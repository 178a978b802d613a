import {
  type Approval,
  type AuthenticationResult,
  authenticate,
  type Enrollment,
  outcome,
  type RegistrationResult,
  register,
} from "webauthn-result";
import { causeOf } from "webauthn-result/cause";
import { explain } from "webauthn-result/explain";

/** What your page can do. */
export interface Page {
  /** Has your backend verify the token. If it rejects, the transaction stays for `checkOutcome`, unless the error has `isFinal: true`. */
  finish(token: string, transaction: { statusToken: string }): Promise<void>;
  show(title: string, advice: string): void;
  /** The button that starts again. */
  showButton(): void;
  /** A code, a push, a password. */
  showOtherWays(): void;
  /** A button that calls `checkOutcome`, instead of the button that starts again, or beside it if `canRestart`. */
  showCheck(options: { canRestart: boolean }): void;
  /** To you, not to the user. */
  report(cause: string, message: string): void;
}

interface Transaction {
  statusToken: string;
  ceremony: "authentication" | "registration";
}

export async function signIn(approval: Approval, page: Page): Promise<void> {
  const transaction = keep({ statusToken: approval.statusToken, ceremony: "authentication" });
  return react(await authenticate(approval), transaction, page);
}

export async function createPasskey(enrollment: Enrollment, page: Page): Promise<void> {
  const transaction = keep({ statusToken: enrollment.statusToken, ceremony: "registration" });
  return react(await register(enrollment), transaction, page);
}

let checking: Promise<void> | undefined;

/**
 * Asks for the outcome of the transaction. Call it by the button, and when the page starts. Calls share a check that is running: React's
 * `StrictMode` makes two.
 */
export function checkOutcome(page: Page): Promise<void> {
  checking ??= check(page).finally(() => {
    checking = undefined;
  });
  return checking;
}

async function check(page: Page): Promise<void> {
  const transaction = kept();
  if (!transaction) return page.showButton();
  // A confirmation may have been under way when the page was reloaded.
  await react(await outcome(transaction, { wait: 3000 }), transaction, page);
}

async function react(
  result: AuthenticationResult | RegistrationResult,
  transaction: Transaction,
  page: Page,
): Promise<void> {
  const { cause, silent, next } = causeOf(result);
  if (result.success) {
    try {
      await page.finish(result.token, transaction);
    } catch (error) {
      if (isFinal(error)) {
        forget(transaction);
        page.showButton();
      } else page.showCheck({ canRestart: false });
      throw error;
    }
    return forget(transaction);
  }
  if (next !== "checkOutcome") forget(transaction);

  if (!silent) {
    const { title, advice } = explain(result);
    page.show(title, advice);
  }
  switch (next) {
    case "retry":
    case "newTransaction": // Start the next call with a new transaction from your backend in both cases.
      return page.showButton();
    case "otherWay":
      return page.showOtherWays();
    case "checkOutcome":
      // Nobody can confirm a prompt whose page is gone.
      return page.showCheck({ canRestart: cause === "pending" && transaction.statusToken !== current });
    case "fixCode":
      return page.report(cause, result.message);
    case "none":
      return;
    default:
      return next satisfies never;
  }
}

const isFinal = (error: unknown) => error instanceof Error && "isFinal" in error && error.isFinal === true;

const KEY = "transaction";

/** The `statusToken` of the last transaction that began since the page was loaded. */
let current: string | undefined;

/** For `checkOutcome`, also after a reload. */
function keep(transaction: Transaction): Transaction {
  current = transaction.statusToken;
  sessionStorage.setItem(KEY, JSON.stringify(transaction));
  return transaction;
}

function kept(): Transaction | undefined {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "null") ?? undefined;
}

/** Unless another one has begun. */
function forget({ statusToken }: Transaction): void {
  if (kept()?.statusToken === statusToken) sessionStorage.removeItem(KEY);
}
