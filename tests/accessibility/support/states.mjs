// The states of each page of the demo, one after the other as a user brings them about: for the tests, and for the screenshots.

import { otherThan } from "../../e2e/support/phone.mjs";

/**
 * A page of the demo, as `visit` and `arrive` of ../../e2e/support open it.
 *
 * @typedef {object} Visitor
 * @property {import("playwright-core").Page} page
 * @property {(id: string) => import("playwright-core").Locator} at
 * @property {(command: string, parameters: object) => Promise<any>} authenticator
 */

/** Each tab of the inspector, as it is now. */
async function* tabs({ at }, state) {
  for (const tab of ["code", "timeline", "server", "result"]) {
    await at(`tab-${tab}`).click();
    if (tab !== "result") yield `${state}-${tab}`;
  }
}

/** Leaves prompts open, or confirms them. */
const confirm = ({ authenticator }, enabled) => authenticator("setAutomaticPresenceSimulation", { enabled });

/** The shop: a user with a passkey, from the first visit to the receipt. */
export async function* shopStates(/** @type {Visitor} */ visitor) {
  const { at, page } = visitor;
  yield "start";
  yield* tabs(visitor, "start");
  await at("enroll").click();
  await at("enroll-note").filter({ hasText: "Enter" }).waitFor();
  yield "no-email";
  await confirm(visitor, false);
  await at("name").fill("ada@example.com");
  await at("enroll").click();
  await page.locator("[data-stage=prompting]").waitFor({ state: "attached" });
  yield "account-waiting";
  await at("cancel").click();
  await at("enroll-outcome").waitFor();
  yield "account-canceled";
  await confirm(visitor, true);
  await at("enroll").click();
  await at("sign-in-name").waitFor();
  yield "sign-in";
  await confirm(visitor, false);
  await at("sign-in").click();
  await page.locator("[data-stage=prompting]").waitFor({ state: "attached" });
  yield "sign-in-waiting";
  await at("cancel").click();
  await at("step-outcome").waitFor();
  yield "sign-in-canceled";
  await confirm(visitor, true);
  await at("choose-passkey").click();
  await at("approve").waitFor();
  yield "pay";
  await confirm(visitor, false);
  await at("approve").click();
  await page.locator("[data-stage=prompting]").waitFor({ state: "attached" });
  yield "pay-waiting";
  await at("cancel").click();
  await at("approve-outcome").waitFor();
  yield "pay-canceled";
  await confirm(visitor, true);
  await at("approve").click();
  await at("receipt").waitFor();
  yield "paid";
  yield* tabs(visitor, "paid");
  await at("inspector-toggle").click();
  yield "paid-without-inspector";
  await at("inspector-toggle").click();
  await at("account-change").click();
  yield "change-account";
  await page.route("**/api/**", (route) => route.abort());
  await at("enroll").click();
  await at("enroll-outcome").getByText("cannot be reached").waitFor();
  yield "server-down";
}

/** The shop: a user who has only a phone, in a window of its own. */
export async function* phoneUserStates(
  /** @type {Visitor & { openPhone: () => Promise<any>, email: string }} */ visitor,
) {
  const { at } = visitor;
  await at("name").fill(visitor.email);
  await at("sign-up").click();
  await at("sign-in").click();
  await at("choose-push").waitFor();
  yield "no-passkey";
  await at("choose-push").click();
  await at("binding-message").waitFor();
  yield "push-waiting";
  const phone = await visitor.openPhone();
  await phone.deny();
  await at("choose-code").waitFor();
  await at("step-outcome").getByText("declined on your phone").waitFor();
  yield "push-declined";
  await at("choose-code").click();
  yield "code";
  const code = await phone.code();
  await at("code").fill(otherThan(code));
  await at("code-submit").click();
  await at("code-error").filter({ hasText: "left" }).waitFor();
  yield "code-wrong";
  await at("code").fill(code);
  await at("code-submit").click();
  await at("approve").waitFor();
  await at("approve").click();
  await at("binding-message").waitFor();
  yield "pay-by-phone";
  await phone.deny();
  await at("approve-outcome").waitFor();
  yield "pay-declined";
}

/** The page of codes. */
export async function* codesStates(/** @type {Visitor} */ { at, page }) {
  yield "start";
  await at("code-error-0002-5xx").click();
  await at("cancel").waitFor();
  yield "running";
  await page.locator("[data-testid=row-error-0002-5xx][data-state=match]").waitFor();
  yield "ran";
  await at("inspector-toggle").click();
  yield "inspector";
  await at("inspector-toggle").click();
  await at("filter").fill("no such case");
  yield "no-match";
  await at("filter").fill("0003");
  yield "filtered";
  await at("filter").fill("");
  await at("run-all").click();
  await page.locator("[data-testid=run-summary][data-state=running]").waitFor();
  yield "running-all";
  await at("run-all").click();
  await page.locator("[data-testid=run-summary][data-state=stopped]").waitFor();
  yield "stopped";
}

/** The phone page. `initiate(message)` sends a request to the phone of `email`. */
export async function* phoneStates({ page, email, initiate }) {
  const at = (id) => page.getByTestId(id);
  await at("email").waitFor();
  yield "sign-in";
  await at("sign-in").click();
  yield "no-email";
  await at("email").fill(email);
  await at("sign-in").click();
  await at("totp-code").filter({ hasText: /\d/ }).waitFor();
  yield "no-request";
  await page.locator("summary").click();
  yield "own-app";
  await page.locator("summary").click();
  for (const message of ["Sign in to Harbour & Pine, code W4SC", "Pay CHF 72.50 to Harbour & Pine, code 7QRM"])
    await initiate(message);
  await at("request").nth(1).waitFor();
  yield "requests";
  await at("approve").first().click();
  await at("outcome").getByText("Approved").waitFor();
  yield "approved";
  await at("deny").click();
  await at("outcome").getByText("Denied").waitFor();
  yield "denied";
  await page.route("**/ciba/requests", (route) => route.abort());
  await at("trouble").waitFor();
  yield "trouble";
}
