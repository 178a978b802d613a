// The phone page under its Content-Security-Policy: requests, decisions, TOTP codes.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { launchBrowser } from "./support/browser.mjs";
import { AS_AUTHSEC, startCloud } from "./support/cloud.mjs";
import { askAuthSec, sendRequest } from "./support/phone.mjs";
import { watchPolicy } from "./support/policy.mjs";

const CLIENT = "harbour-and-pine";
const ADMIN = "/authsec/uflow/auth";
const WORKSPACE = `${ADMIN}/workspace`;

let browser, cloud, hasty;

before(async () => {
  cloud = await startCloud({ ciba: AS_AUTHSEC });
  hasty = await startCloud({ ciba: AS_AUTHSEC, requestSeconds: 6 });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await cloud?.stop();
  await hasty?.stop();
});

/** AuthSec's responses to the client. */
const ask = (path, body) => askAuthSec(cloud, path, body);
const initiate = (email, bindingMessage, from = cloud) => sendRequest(from, email, bindingMessage);
const poll = (authReqId) => ask(`${WORKSPACE}/ciba/token`, { client_id: CLIENT, auth_req_id: authReqId });

/** The phone of a signed-in user; fails the test on violations of the page's policy. */
const open = async (t, { email = `${randomUUID()}@example.com`, from = cloud, prepare } = {}) => {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  const violations = await watchPolicy(page);
  t.after(async () => {
    await page.close();
    assert.deepEqual(errors, []);
    assert.deepEqual(violations, []);
  });
  await prepare?.(page);
  await page.goto(from.phoneUrl);
  const at = (id) => page.getByTestId(id);
  await at("email").fill(email);
  await at("sign-in").click();
  await at("who").getByText(email).waitFor();
  /** The request with this binding message, once it appears. */
  const request = async (bindingMessage) => {
    const shown = at("request").filter({ hasText: bindingMessage });
    await shown.waitFor();
    return shown;
  };
  return { page, at, email, request };
};

const focused = (page) => page.evaluate(() => document.activeElement.id);

test("a request appears without reloading, and can be approved by keyboard", async (t) => {
  const { page, at, email, request } = await open(t);
  assert.equal(await focused(page), "requests-title");
  const id = await initiate(email, "Pay CHF 72.50");
  const shown = await request("Pay CHF 72.50");
  assert.equal(await shown.getByTestId("client").textContent(), CLIENT);
  assert.match(await shown.getByTestId("time-left").textContent(), /^(1 min|5\d s) left$/);
  assert.equal(await page.title(), "(1) Demo phone");
  assert.equal((await poll(id)).error, "authorization_pending");

  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), "approve");
  await page.keyboard.press("Enter");
  await at("outcome").getByText("Approved: Pay CHF 72.50").waitFor();
  assert.equal(await at("announcement").textContent(), "Approved: Pay CHF 72.50", "announced in the one live region");
  assert.ok((await poll(id)).access_token);
  assert.equal(await at("request").count(), 0);
  assert.equal(await focused(page), "requests-title", "the focus is where a person can go on from");
});

test("a denied request is denied, and the other one stays", async (t) => {
  const { at, email, request } = await open(t);
  const [denied, other] = [await initiate(email, "Transfer everything"), await initiate(email, "Sign in")];
  await request("Sign in");
  await (await request("Transfer everything")).getByTestId("deny").click();
  await at("outcome").getByText("Denied: Transfer everything").waitFor();
  assert.equal((await poll(denied)).error, "access_denied");
  assert.equal((await poll(other)).error, "authorization_pending");
  assert.equal(await at("request").count(), 1);
});

test("a binding message is text, whatever it looks like", async (t) => {
  const { email, request } = await open(t);
  const text = '<img src=x onerror="document.title=1"> <b>Pay</b>';
  await initiate(email, text);
  assert.equal(await (await request(text)).getByTestId("binding-message").textContent(), text);
});

test("a request without a client or a binding message says so", async (t) => {
  const { at, email, request } = await open(t);
  const { workspace_id } = await cloud.ask("/_local/ciba/users", { email });
  await ask(`${ADMIN}/ciba/initiate`, { login_hint: email, workspace_id });
  await request("Tap to approve sign-in");
  assert.equal(await at("client").textContent(), "The admin flow");
});

test("a decision that did not reach the server can be repeated", async (t) => {
  const { page, at, email, request } = await open(t);
  const id = await initiate(email, "Pay CHF 72.50");
  await page.route("**/ciba/respond", (route) => route.abort(), { times: 1 });
  const shown = await request("Pay CHF 72.50");
  await shown.getByTestId("approve").click();
  await at("outcome").getByText("Not sent").waitFor();
  assert.equal((await poll(id)).error, "authorization_pending");
  await shown.getByTestId("approve").click();
  await at("outcome").getByText("Approved").waitFor();
  assert.ok((await poll(id)).access_token);
});

test("a decision that the server rejects is reported, and not as made", async (t) => {
  const { page, at, email, request } = await open(t);
  const id = await initiate(email, "Pay CHF 72.50");
  const shown = await request("Pay CHF 72.50");
  // It does not learn that another phone of the user decides.
  await page.route("**/ciba/requests", (route) => route.abort());
  const other = await open(t, { email });
  await (await other.request("Pay CHF 72.50")).getByTestId("deny").click();
  await other.at("outcome").getByText("Denied").waitFor();
  await shown.getByTestId("approve").click();
  await at("outcome").getByText("Not accepted: Request is no longer pending").waitFor();
  assert.equal(await at("request").count(), 0);
  assert.equal((await poll(id)).error, "access_denied");
});

test("the time left counts down, and at zero the request disappears", async (t) => {
  const { page, at, email, request } = await open(t, { prepare: (page) => page.clock.install() });
  await initiate(email, "Pay CHF 72.50");
  const shown = await request("Pay CHF 72.50");
  await page.clock.pauseAt(Date.now() + 1000);
  const seconds = Number.parseInt(await shown.getByTestId("time-left").textContent(), 10);
  assert.ok(seconds > 40 && seconds < 60, `${seconds}`);
  await shown.getByTestId("approve").focus();
  await page.clock.runFor(30_000);
  assert.equal(await shown.getByTestId("time-left").textContent(), `${seconds - 30} s left`);
  assert.equal(await shown.getByRole("progressbar", { includeHidden: true }).getAttribute("value"), `${seconds - 30}`);
  await page.clock.runFor((seconds - 31) * 1000);
  assert.equal(await shown.getByTestId("time-left").textContent(), "1 s left");
  await page.clock.runFor(1000);
  assert.equal(await at("request").count(), 0);
  assert.equal(await at("outcome").textContent(), "Expired: Pay CHF 72.50");
  assert.equal(await page.title(), "Demo phone");
  assert.equal(await focused(page), "requests-title");
});

test("a request expires on the phone also while the server cannot be reached", async (t) => {
  const { page, at, email, request } = await open(t, { from: hasty });
  await initiate(email, "Pay CHF 72.50", hasty);
  await request("Pay CHF 72.50");
  await page.route("**/ciba/requests", (route) => route.abort());
  await at("trouble").waitFor();
  await at("outcome").getByText("Expired: Pay CHF 72.50").waitFor();
  assert.equal(await at("request").count(), 0);
});

test("a request that was decided elsewhere disappears, and requests keep their order", async (t) => {
  const { page, at, email, request } = await open(t);
  await initiate(email, "First");
  await request("First");
  await initiate(email, "Second");
  await request("Second");
  assert.deepEqual(await at("binding-message").allTextContents(), ["First", "Second"]);
  await page.reload();
  await request("Second");
  assert.deepEqual(await at("binding-message").allTextContents(), ["First", "Second"], "the oldest first");
  const other = await open(t, { email });
  await (await other.request("First")).getByTestId("deny").click();
  await at("request").filter({ hasText: "First" }).waitFor({ state: "detached" });
  assert.equal(await at("outcome").textContent(), "", "nobody decided here");
  assert.equal(await at("request").count(), 1);
});

test("an unreachable server is reported, and nothing is lost when it is back", async (t) => {
  const { page, at, email, request } = await open(t);
  await page.route("**/ciba/requests", (route) => route.abort());
  await at("trouble").waitFor();
  await initiate(email, "Pay CHF 72.50");
  await page.unroute("**/ciba/requests");
  await request("Pay CHF 72.50");
  await at("trouble").waitFor({ state: "hidden" });
});

test("the code on the phone signs in once", async (t) => {
  const { page, at, email } = await open(t);
  // With enough time left so that it is still shown after it was used.
  await page.waitForFunction(() => {
    const [code, left] = ["totp-code", "totp-left"].map((id) => document.getElementById(id));
    return code.textContent.length === 6 && left.value >= 10;
  });
  const code = await at("totp-code").textContent();
  const signIn = () => ask(`${ADMIN}/totp/login`, { email, totp_code: code });
  const signedIn = await signIn();
  assert.equal(signedIn.success, true, JSON.stringify(signedIn));
  await at("totp-note").getByText("Already used").waitFor();
  assert.equal((await signIn()).error, "Invalid TOTP code");
  await page.waitForFunction(() => document.getElementById("totp-qr").naturalWidth > 0);
  assert.match(await at("totp-secret").textContent(), /^[A-Z2-7]{32}$/);
});

test("a phone belongs to one user, also after a reload, until another one signs in", async (t) => {
  const { page, at, email } = await open(t);
  await initiate(email, "For the first one");
  await at("request").waitFor();
  await page.reload();
  await at("who").getByText(email).waitFor();
  await at("request").waitFor();

  await at("sign-out").click();
  assert.equal(await at("request").count(), 0);
  assert.equal(await focused(page), "email");
  await at("sign-in").click();
  assert.equal(await at("email").getAttribute("aria-invalid"), "true", "nobody is no person");
  const other = `${randomUUID()}@example.com`;
  await at("email").fill(other);
  await page.keyboard.press("Enter");
  await at("who").getByText(other).waitFor();
  await initiate(other, "For the second one");
  await at("request").filter({ hasText: "For the second one" }).waitFor();
  assert.equal(await at("request").count(), 1);
});

test("a link opens the phone of its user", async (t) => {
  const { page, at } = await open(t);
  const linked = `${randomUUID()}@example.com`;
  await page.goto("about:blank");
  await page.goto(cloud.phoneOf(linked));
  await at("who").getByText(linked).waitFor();
});

test("what was wrong with the email is gone once it is typed", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(cloud.phoneUrl);
  const note = page.locator("#sign-in-note");
  const hint = await note.textContent();
  await page.getByTestId("sign-in").click();
  assert.equal(await note.textContent(), "Enter an email address.");
  await page.getByTestId("email").fill(`${randomUUID()}@example.com`);
  assert.deepEqual(
    [await note.textContent(), await page.getByTestId("email").getAttribute("aria-invalid")],
    [hint, null],
  );
  await page.getByTestId("sign-in").click();
  await page.getByTestId("sign-out").click();
  assert.equal(await note.textContent(), hint);
});
