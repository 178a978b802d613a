// Push and TOTP in three engines, through the shop's relay and under its real policy, with the user's phone in a second window.
// AuthSec is as strict as the real one.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { BARE_PAGE } from "../e2e/support/browser.mjs";
import { otherThan } from "../e2e/support/phone.mjs";
import { startShop } from "../e2e/support/shop.mjs";
import { DEMO } from "../e2e/support/sign-in.mjs";
import { BROWSERS } from "./support/browsers.mjs";
import { startBrowser } from "./support/webdriver.mjs";

let shop, hasty;
before(async () => {
  shop = await startShop(DEMO);
  // Its requests expire before anybody can decide them.
  hasty = await startShop({ ...DEMO, requestSeconds: 2 });
});
after(() => Promise.all([shop?.stop(), hasty?.stop()]));

/**
 * Evaluated in the page: starts a push and its poll. What the poll resolves to is kept by the page's own document, since
 * the phone has to be asked meanwhile.
 */
const startPush = async (email, bindingMessage) => {
  const { CIBAClient } = await import("/pkg/ciba.js");
  const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });
  const request = await client.initiateAppApproval(email, { bindingMessage });
  const { dataset } = document.documentElement;
  delete dataset.outcome;
  client.pollForApproval(email, request.auth_req_id).then((outcome) => {
    dataset.outcome = JSON.stringify(outcome);
  });
  document.addEventListener("give up", () => client.cancelApproval(email), { once: true });
  return Object.keys(request);
};

/** Evaluated in the page: how that poll ended. */
const outcome = async () => {
  const { dataset } = document.documentElement;
  while (!dataset.outcome) await new Promise((resolve) => setTimeout(resolve, 20));
  return JSON.parse(dataset.outcome);
};

/** Evaluated on the phone: decides the request with these words, and returns what the phone says of that. */
const decide = async (decision, words) => {
  const find = () =>
    [...document.querySelectorAll("[data-testid=request]")].find((item) => item.textContent.includes(words));
  while (!find()) await new Promise((resolve) => setTimeout(resolve, 20));
  find().querySelector(`[data-decision=${decision}]`).click();
  const said = document.getElementById("outcome");
  while (!said.textContent.includes(words)) await new Promise((resolve) => setTimeout(resolve, 20));
  return said.textContent;
};

/** Evaluated on the phone: the code that it shows. */
const readCode = async () => {
  const code = document.getElementById("totp-code");
  while (!/^\d{6}$/.test(code.textContent)) await new Promise((resolve) => setTimeout(resolve, 20));
  return code.textContent;
};

/** Evaluated in the page: what becomes of these codes, one after the other. */
const verify = async (email, codes) => {
  const { CIBAClient } = await import("/pkg/ciba.js");
  const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });
  const results = [];
  for (const code of codes) results.push(await client.verifyTotp(email, code));
  return results;
};

/** Evaluated in the demo page: who has no passkey here chooses the phone; the words that it shows then. */
const signInByPhone = async (email) => {
  const find = async (selector) => {
    while (!document.querySelector(selector)) await new Promise((resolve) => setTimeout(resolve, 20));
    return document.querySelector(selector);
  };
  while (document.getElementById("loading")) await new Promise((resolve) => setTimeout(resolve, 20));
  (await find("#have-account")).click();
  (await find("#sign-in-name")).value = email;
  (await find("[data-testid=sign-in]")).click();
  (await find("[data-state=failed] [data-choice=push]")).click();
  return (await find("#request:not([hidden]) .binding")).textContent;
};

/** Evaluated in the demo page: how that ended. */
const signInTitle = async () => {
  const { dataset } = document.getElementById("sign-in-step");
  while (dataset.state === "now") await new Promise((resolve) => setTimeout(resolve, 20));
  return document.getElementById("sign-in-summary").textContent;
};

for (const [title, describeBrowser] of Object.entries(BROWSERS))
  describe(title, () => {
    let browser, email, phone;

    before(async () => {
      email = await shop.newPerson();
      browser = await startBrowser(describeBrowser());
      console.log(`${title}: ${browser.version}`);
      await browser.open(shop.origin + BARE_PAGE);
      phone = await browser.openWindow(shop.phoneOf(email));
    });
    after(() => browser?.stop());

    /** A push with a code of its own in its message, which is returned. */
    const push = async () => {
      const code = randomUUID()
        .replace(/\W/g, "")
        .slice(0, 4)
        .toUpperCase()
        .replace(/\d/g, (digit) => "ABCDEFGHJK"[digit]);
      const words = `Sign in to Harbour & Pine, code ${code}`;
      const members = await browser.run(startPush, email, words);
      assert.deepEqual(members.sort(), ["auth_req_id", "expires_in", "interval"]);
      return words;
    };

    test("a push that is approved gives a genuine token", async () => {
      const words = await push();
      assert.equal(await phone.run(decide, "approve", words), `Approved: ${words}`);
      const { status, token } = await browser.run(outcome);
      assert.equal(status, "approved");
      const { active, email: owner, scope } = await shop.introspectApproval(token);
      assert.deepEqual([active, owner, scope], [true, email, "push"]);
    });

    test("a push that is denied is access_denied", async () => {
      assert.match(await phone.run(decide, "deny", await push()), /^Denied/);
      assert.deepEqual(await browser.run(outcome), { status: "access_denied" });
    });

    test("a cancel ends the poll", async () => {
      await push();
      await browser.run(() => {
        document.dispatchEvent(new Event("give up"));
      });
      assert.deepEqual(await browser.run(outcome), { status: "cancelled" });
    });

    test("a wrong code leaves two attempts, and the right one gives a genuine token", async () => {
      const code = await phone.run(readCode);
      const [missed, passed] = await browser.run(verify, email, [otherThan(code), code]);
      assert.deepEqual([missed.success, missed.error, missed.remaining], [false, "invalid_code", 2]);
      assert.deepEqual([passed.success, passed.remaining], [true, 3]);
      const { active, email: owner, scope } = await shop.introspectApproval(passed.token);
      assert.deepEqual([active, owner, scope], [true, email, "totp"]);
    });

    test("the demo shop leads on from where there is no passkey, and signs in by phone", async () => {
      await browser.open(`${shop.origin}/?autofill=off`);
      const words = await browser.run(signInByPhone, email);
      await phone.run(decide, "approve", words);
      assert.equal(await browser.run(signInTitle), `Signed in as ${email} by phone`);
    });

    test("AuthSec locks the account at the fifth wrong code, which the page reports as it is", async () => {
      const wrong = otherThan(await phone.run(readCode));
      const results = [];
      // Each client sends three.
      for (const codes of [3, 2]) results.push(...(await browser.run(verify, email, Array(codes).fill(wrong))));
      assert.deepEqual(
        results.map(({ error, remaining }) => [error, remaining]),
        [
          ["invalid_code", 2],
          ["invalid_code", 1],
          ["invalid_code", 0],
          ["invalid_code", 2],
          ["temporarily_locked", 2],
        ],
      );
    });

    test("a push that nobody answers is expired_token", async () => {
      await browser.open(hasty.origin + BARE_PAGE);
      await browser.run(startPush, await hasty.newPerson(), "Sign in to Harbour & Pine, code ABCD");
      assert.deepEqual(await browser.run(outcome), { status: "expired_token" });
    });
  });
