// The shop's journey: what it says, to whom the payment is charged, and what it does not say.

import assert from "node:assert/strict";
import { test } from "node:test";

import { result as resultFault, times } from "./support/faults.mjs";
import { arrive, assertSignedIn, useDemo } from "./support/sign-in.mjs";
import { visit } from "./support/visit.mjs";

const setting = useDemo();
const FAULTY = /^Failed to load resource|net::ERR_/;

/** What a screen reader announces, from now on. */
const listen = async (page) => {
  const announced = [];
  await page.exposeFunction("reportAnnouncement", (text) => announced.push(text));
  await page.evaluate(() => {
    const region = document.getElementById("announcement");
    new MutationObserver(() => region.textContent && globalThis.reportAnnouncement(region.textContent)).observe(
      region,
      {
        childList: true,
        characterData: true,
        subtree: true,
      },
    );
  });
  return announced;
};

const openSteps = (page) => page.locator(".step[data-progress=open]").evaluateAll((steps) => steps.map(({ id }) => id));

test("one step is open at a time; what is done is one line with what happened", async (t) => {
  const visitor = await visit(setting, t);
  const { at, page } = visitor;
  assert.deepEqual(await openSteps(page), ["account"]);
  await visitor.createAccount("ada@example.com");
  assert.deepEqual(await openSteps(page), ["sign-in-step"]);
  assert.equal(await at("account-summary").textContent(), "Account of ada@example.com");
  await at("sign-in").click();
  await at("approve").waitFor();
  assert.equal(await at("signed-in").textContent(), "Signed in as ada@example.com by passkey");
  assert.deepEqual(await openSteps(page), ["payment"]);
  await at("account-change").click();
  assert.deepEqual(await openSteps(page), ["account"]);
  assert.equal(await page.evaluate(() => document.activeElement.id), "name");
  // Who signed in stays signed in.
  await at("have-account").click();
  assert.deepEqual(await openSteps(page), ["payment"]);
  await at("approve").click();
  await at("receipt").waitFor();
  assert.deepEqual(await openSteps(page), []);
  await at("again").click();
  assert.deepEqual(await openSteps(page), ["payment"]);
  assert.equal(await at("paid").isVisible(), false);
});

test("the first field is above the fold of a phone", async (t) => {
  const { page, at } = await visit(setting, t, { context: { viewport: { width: 390, height: 844 } } });
  const { y, height } = await at("name").boundingBox();
  assert.ok(y + height < 844 / 2, `${y}`);
  assert.equal(await page.evaluate(() => scrollY), 0);
});

for (const path of ["/", "/?autofill=off"])
  test(`nothing is paid, wrong or announced before anybody touched the page: ${path}`, async (t) => {
    const { page, at } = await visit(setting, t, { path });
    await page.waitForTimeout(500);
    const text = await page.locator("body").textContent();
    assert.doesNotMatch(text, /paid|charged|error-|failed/i);
    assert.equal(await at("announcement").textContent(), "");
    assert.equal(
      await page.locator("[data-tone=bad]:visible, [aria-invalid=true]:visible, .outcome:visible").count(),
      0,
    );
    assert.equal(await at("verdict").getAttribute("data-outcome"), "none");
  });

test("typing announces nothing, and each outcome is announced once", async (t) => {
  const visitor = await visit(setting, t);
  const { page, at } = visitor;
  const announced = await listen(page);
  await at("name").pressSequentially("ada@example.com");
  assert.deepEqual(announced, []);
  await at("enroll").click();
  await at("sign-in").waitFor();
  await at("sign-in-name").fill("");
  await at("sign-in-name").pressSequentially("ada@example.com");
  await at("sign-in").click();
  await at("approve").click();
  await at("receipt").waitFor();
  assert.deepEqual(announced, [
    "Your account is ready: ada@example.com. Next, sign in.",
    "Signed in as ada@example.com by passkey. Next, pay.",
    "Paid CHF 72.50, charged to ada@example.com. Thank you.",
  ]);
});

test("a prompt that ends is announced once, in the words that the step shows", async (t) => {
  const visitor = await visit(setting, t);
  const { page, at } = visitor;
  const announced = await listen(page);
  await visitor.authenticator("setAutomaticPresenceSimulation", { enabled: false });
  await at("name").fill("ada@example.com");
  await at("enroll").click();
  await page.locator("[data-stage=prompting]").waitFor({ state: "attached" });
  await at("cancel").click();
  await at("enroll-outcome").waitFor();
  const words = await at("enroll-outcome").locator("h3, p").allTextContents();
  assert.deepEqual(announced, [words.join(". ")]);
  assert.equal(await at("explanation-title").textContent(), words[0]);
});

test("an empty email is reported at its own field, and only there", async (t) => {
  const { page, at } = await visit(setting, t);
  const invalid = () => page.locator("[aria-invalid=true]").evaluateAll((fields) => fields.map(({ id }) => id));
  for (const button of ["enroll", "sign-up"]) {
    await at(button).click();
    assert.equal(await at("enroll-note").textContent(), "Enter an email address.");
    assert.deepEqual(await invalid(), ["name"]);
    assert.equal(await page.evaluate(() => document.activeElement.id), "name");
    await at("name").fill("a");
    assert.deepEqual(await invalid(), []);
    await at("name").fill("");
  }
});

test("the payment is charged to who signed in, not to who has an account here", async (t) => {
  const visitor = await visit(setting, t);
  const { page, at } = visitor;
  await visitor.createAccount("grace@example.com");
  await at("account-change").click();
  await visitor.createAccount("ada@example.com");
  await at("sign-in-name").fill("grace@example.com");
  await at("sign-in").click();
  await at("approve").waitFor();
  assert.equal(await at("approve-note").textContent(), "Charged to grace@example.com. Approve with your passkey.");
  const [request] = await Promise.all([page.waitForRequest("**/api/approve"), at("approve").click()]);
  assert.deepEqual(request.postDataJSON(), { username: "grace@example.com" });
  await at("receipt").waitFor();
  assert.equal(await at("paid").textContent(), "Paid CHF 72.50, charged to grace@example.com");
});

test("nothing is charged if somebody else approved", async (t) => {
  const visitor = await visit(setting, t);
  const { page, at } = visitor;
  await visitor.createAccount("ada@example.com");
  await at("sign-in").click();
  await at("approve").waitFor();
  await page.route("**/api/introspect", (route) => route.fulfill({ json: { active: true, sub: "somebody-else" } }));
  await at("approve").click();
  await at("approve-outcome").getByText("Nothing is charged").waitFor();
  assert.equal(await at("receipt").isVisible(), false);
});

test("who signed in by phone pays by phone, which shows the amount", async (t) => {
  const visitor = await arrive(setting, t);
  const { at, email } = visitor;
  const phone = await visitor.openPhone();
  await visitor.begin();
  await visitor.choose("push");
  await visitor.bindingMessage();
  await phone.approve();
  await assertSignedIn(visitor, email, "push", "phone");
  await at("approve").click();
  const words = await visitor.bindingMessage();
  assert.match(words, /^Pay CHF 72\.50 to Harbour & Pine, code [2-9A-HJ-NP-Z]{4}$/);
  await phone.deny(words);
  await at("approve-outcome").waitFor();
  // No other way is offered, so none is advised.
  const [title, advice] = await at("approve-outcome").locator("h3, p").allTextContents();
  assert.equal(title, await at("explanation-title").textContent());
  assert.equal(advice, "Nothing is charged. You can pay again.");
  await at("approve").click();
  await phone.approve(await visitor.bindingMessage());
  await at("receipt").waitFor();
  assert.equal(await at("paid").textContent(), `Paid CHF 72.50, charged to ${email}`);
});

test("Cancel is there only while something runs, and the pressed button says that it waits", async (t) => {
  const visitor = await visit(setting, t);
  const { at, page } = visitor;
  assert.equal(await at("cancel").count(), 0);
  await visitor.authenticator("setAutomaticPresenceSimulation", { enabled: false });
  await at("name").fill("ada@example.com");
  await at("enroll").click();
  await at("cancel").waitFor();
  assert.equal(await at("enroll").textContent(), "Waiting for your passkey…");
  for (const other of ["sign-up", "have-account"]) assert.equal(await at(other).getAttribute("aria-disabled"), "true");
  await at("cancel").click();
  await at("cancel").waitFor({ state: "detached" });
  assert.equal(await at("enroll").textContent(), "Create a passkey");
  assert.equal(await page.locator("[aria-disabled=true], [data-waiting]").count(), 0);
});

test("a shop whose server is down is reported as that, in the step and while loading", async (t) => {
  const visitor = await visit(setting, t, { says: FAULTY });
  const { page, at } = visitor;
  await page.route("**/api/**", (route) => route.abort());
  await at("name").fill("ada@example.com");
  for (const [button, title] of [
    ["enroll", "No passkey was created"],
    ["sign-up", "No account was created"],
  ]) {
    await at(button).click();
    await at("enroll-outcome").getByText(title).waitFor();
    assert.match(await at("enroll-outcome").textContent(), /server cannot be reached/);
  }
  await page.reload();
  const loading = page.locator("#loading");
  await loading.getByText("server cannot be reached").waitFor();
  assert.doesNotMatch(await loading.textContent(), /built/);
  await page.unroute("**/api/**");
  await page.getByRole("button", { name: "Try again" }).click();
  await loading.waitFor({ state: "detached" });
});

test("a package that is not built is reported as that", async (t) => {
  const { page } = await visit(setting, t, { says: FAULTY });
  await page.route("**/pkg/*.js", (route) => route.fulfill({ status: 404, body: "Not Found" }));
  await page.reload();
  await page.locator("#loading").getByText("The package is not built yet. Run npm run build.").waitFor();
});

/** A visitor whose next request to `path` meets these faults, and whose page gets no status from then on. */
const lose = async (visitor, path) => {
  const { page } = visitor;
  await page.route(`**/api/${path}`, (route) =>
    route.continue({
      postData: JSON.stringify({ ...route.request().postDataJSON(), faults: times(40, resultFault("cut-after")) }),
    }),
  );
  await page.route("**/api/status", (route) => route.abort());
};

test("an account whose outcome is unknown: checked by a button, or after a reload", async (t) => {
  const visitor = await visit(setting, t, { says: FAULTY, patience: 60_000 });
  const { page, at } = visitor;
  await lose(visitor, "enroll");
  await at("name").fill("ada@example.com");
  await at("enroll").click();
  await at("check").waitFor();
  await page.unroute("**/api/status");
  await page.reload();
  await at("sign-in-name").waitFor();
  assert.equal(await at("account-summary").textContent(), "Account of ada@example.com");
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

test("a payment whose outcome is unknown: checked by a button, or after a reload", async (t) => {
  const visitor = await visit(setting, t, { says: FAULTY, patience: 60_000 });
  const { page, at } = visitor;
  await visitor.createAccount("ada@example.com");
  await at("sign-in").click();
  await at("approve").waitFor();
  await lose(visitor, "approve");
  await at("approve").click();
  await at("check").waitFor();
  await page.reload();
  await at("check").waitFor();
  assert.equal(await at("approve").isVisible(), false, "nobody is signed in who could pay again");
  await page.unroute("**/api/status");
  await at("check").click();
  await at("receipt").waitFor();
  assert.equal(await at("paid").textContent(), "Paid CHF 72.50, charged to ada@example.com");
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

for (const [what, button] of [
  ["an account", "enroll"],
  ["a payment", "approve"],
])
  test(`a reload during the prompt of ${what} shows no error, and nothing is left of it`, async (t) => {
    const visitor = await visit(setting, t);
    const { page, at } = visitor;
    if (button === "approve") {
      await visitor.createAccount("ada@example.com");
      await at("sign-in").click();
      await at("approve").waitFor();
    } else await at("name").fill("ada@example.com");
    await visitor.authenticator("setAutomaticPresenceSimulation", { enabled: false });
    await at(button).click();
    await page.locator("[data-stage=prompting]").waitFor({ state: "attached" });
    await page.reload();
    await page.waitForFunction(() => sessionStorage.length === 0);
    assert.deepEqual(await openSteps(page), [button === "approve" ? "sign-in-step" : "account"]);
    await at("verdict").and(page.locator("[data-outcome=none]")).waitFor({ state: "attached" });
    assert.equal(await page.locator(".outcome:visible").count(), 0);
  });
