// The inspector beside the shop, and the page of codes: the result, the code that produced it, its timeline and the server.

import assert from "node:assert/strict";
import { test } from "node:test";

import { useDemo } from "./support/sign-in.mjs";
import { visit } from "./support/visit.mjs";

const setting = useDemo();
const FAULTY = /^Failed to load resource/;
const patience = 60_000;

test("before the first call, each tab says what will appear in it", async (t) => {
  const { at } = await visit(setting, t);
  for (const [tab, words] of [
    ["result", /result object .* appears here/],
    ["code", /call .* appears here as code/],
    ["timeline", /stages .* appear here/],
    ["server", /claims .* appear here/],
  ]) {
    await at(`tab-${tab}`).click();
    assert.match(await at(`panel-${tab}`).textContent(), words);
  }
});

test("the token is shortened, and copied whole", async (t) => {
  const visitor = await visit(setting, t, { context: { permissions: ["clipboard-read", "clipboard-write"] } });
  const { page, at } = visitor;
  await visitor.createAccount("ada@example.com");
  const { token } = await visitor.result(1);
  const shown = await at("result").textContent();
  assert.ok(!shown.includes(token) && shown.includes(`${token.slice(0, 12)}…${token.slice(-6)}`), shown);
  await at("copy-token").click();
  await at("copy-token").getByText("Copied").waitFor();
  assert.equal(await at("announcement").textContent(), "Copied token.");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), token);
  await at("copy-result").click();
  await at("copy-result").getByText("Copied").waitFor();
  assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), await visitor.result(1));
});

test("the explanation is in the chosen language", async (t) => {
  const visitor = await visit(setting, t);
  await visitor.createAccount("ada@example.com");
  const english = await visitor.at("explanation-title").textContent();
  await visitor.at("language").selectOption("fr");
  assert.notEqual(await visitor.at("explanation-title").textContent(), english);
  assert.equal(await visitor.at("explanation-title").getAttribute("lang"), "fr");
});

/** The code on the page as a module that returns its result, with what it gets from its server. */
const runShown = async ({ page, at }, given) => {
  const code = await at("code-shown").textContent();
  const source = `${code.replace(/"webauthn-result(\/\w+)?"/g, (_, entry = "/index") => `"/pkg${entry}.js"`)}\nexport { result };`;
  const [name, value] = Object.entries(given)[0] ?? ["nothing", {}];
  await page.route("**/shown-code.js*", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: source.replace(/\n\n/, `\n\nconst ${name} = ${JSON.stringify(value)};\n`),
    }),
  );
  try {
    return await page.evaluate(async () => (await import(`/shown-code.js?${Math.random()}`)).result);
  } finally {
    await page.unroute("**/shown-code.js*");
  }
};

test("the code of a registration, an approval and a usernameless approval is what a page would run", async (t) => {
  // Its `onProgress` and its `onCredential` log.
  const visitor = await visit(setting, t, { says: /^(?:prompting|finalizing|[\w-]{20,})$/ });
  const { at } = visitor;
  const { shop } = setting;
  await visitor.createAccount("ada@example.com");
  const { argument: enrollment } = await shop.enroll({ username: "another@example.com" });
  assert.equal((await runShown(visitor, { enrollment })).code.statusCode, "success-registration");

  await at("sign-in").click();
  await at("approve").waitFor();
  const { argument: approval } = await shop.approve({ username: "ada@example.com" });
  assert.equal((await runShown(visitor, { approval })).code.statusCode, "success-authentication");
  assert.match(
    await at("code-shown").textContent(),
    /const \{ credentialRequestOptions, userId, statusToken \} = approval;/,
  );

  await at("sign-in-change").click();
  await at("sign-in-name").fill("");
  await at("sign-in").click();
  await at("approve").waitFor();
  assert.match(await at("code-shown").textContent(), /usernameless: true/);
  const { argument: usernameless } = await shop.approve({});
  assert.equal((await runShown(visitor, { approval: usernameless })).code.statusCode, "success-authentication");
});

test("the timeline has every stage, with its time; the server tab has what the introspection returned", async (t) => {
  const visitor = await visit(setting, t);
  const { at } = visitor;
  await visitor.createAccount("ada@example.com");
  await at("tab-timeline").click();
  const stages = await at("steps")
    .locator("li")
    .evaluateAll((items) => items.map(({ dataset }) => [dataset.stage ?? "", Number(dataset.ms ?? -1) >= 0]));
  assert.deepEqual(stages, [
    ["", false],
    ["call", true],
    ["prompting", true],
    ["passkey", true],
    ["finalizing", true],
    ["settled", true],
    ["", false],
  ]);
  await at("tab-server").click();
  const { token } = await visitor.result(1);
  assert.deepEqual(JSON.parse(await at("introspection").textContent()), await setting.shop.introspect(token));
  assert.match(await at("panel-server").textContent(), /active: true/);
});

test("a filter shows the cases that match, and says so if none does", async (t) => {
  const { page, at } = await visit(setting, t, { path: "/codes.html" });
  const shown = () => page.locator("[data-testid^=row-]:visible").count();
  assert.equal(await shown(), 52);
  await at("filter").fill("error-0003");
  assert.equal(await shown(), 1);
  await at("filter").fill("503 TIME");
  assert.equal(await shown(), 2);
  await at("filter").fill("no such case");
  assert.equal(await shown(), 0);
  assert.equal(await at("no-match").textContent(), "No case matches. Try fewer words, or show all cases.");
  assert.equal(await page.locator("h2:visible, h3:visible").count(), 0);
  await at("filter").fill("");
  assert.equal(await shown(), 52);
  await at("code-error-0003").click();
  await page.locator("[data-testid=row-error-0003][data-state=match]").waitFor();
  await at("filter-state").selectOption("match");
  assert.equal(await shown(), 1);
  await at("filter-state").selectOption("idle");
  assert.equal(await shown(), 51);
});

test("the codes are in two columns on a desktop, and in one on a phone", async (t) => {
  const { page } = await visit(setting, t, { path: "/codes.html" });
  const lefts = () =>
    page.locator("#codes > section").evaluateAll((tables) => tables.map((each) => each.getBoundingClientRect().left));
  await page.setViewportSize({ width: 1280, height: 800 });
  assert.equal(new Set(await lefts()).size, 2);
  await page.setViewportSize({ width: 390, height: 844 });
  assert.equal(new Set(await lefts()).size, 1);
});

test("a case is announced once, and shown with its result and its code", async (t) => {
  const visitor = await visit(setting, t, { path: "/codes.html" });
  const { page, at } = visitor;
  await at("code-error-0099").click();
  await page.locator("[data-testid=row-error-0099][data-state=match]").waitFor();
  await at("announcement").getByText("error-0099, An unsafe baseUrl: as expected.").waitFor();
  const { code } = await visitor.result(1);
  assert.equal(code.statusCode, "error-0099");
  await at("inspector-toggle").click();
  await at("tab-code").click();
  assert.match(await at("code-shown").textContent(), /baseUrl: "http:\/\/example\.com"/);
  assert.equal(await at("run-summary").textContent(), "1 of 52 run, 1 as expected.");
});

test("all cases are stopped by the button that started them", async (t) => {
  const { page, at } = await visit(setting, t, { path: "/codes.html", says: FAULTY, patience });
  await at("run-all").click();
  await page.locator("[data-testid=row-success-authentication][data-state=match]").waitFor();
  assert.equal(await at("run-all").textContent(), "Stop");
  assert.equal(await at("cancel").count(), 0);
  await at("run-all").click();
  await page.locator("[data-testid=run-summary][data-state=stopped]").waitFor();
  assert.equal(await at("run-all").textContent(), "Run all");
  assert.match(await at("announcement").textContent(), /^\d+ of 50 run/);
});

test("a case that was run keeps the focus under a filter that it no longer matches", async (t) => {
  const { page, at } = await visit(setting, t, { path: "/codes.html" });
  await at("filter-state").selectOption("idle");
  await at("code-error-0003").press("Enter");
  await page.locator("[data-testid=row-error-0003][data-state=match]").waitFor();
  assert.equal(
    await page.evaluate(() => /** @type {any} */ (document.activeElement).dataset.testid),
    "code-error-0003",
  );
});

test("a filter that nothing matches is announced, once", async (t) => {
  const { at } = await visit(setting, t, { path: "/codes.html" });
  await at("filter").fill("zzz");
  assert.equal(await at("announcement").textContent(), await at("no-match").textContent());
  assert.match(await at("announcement").textContent(), /^No case matches/);
});

test("the tabs leave the browser's own shortcuts alone", async (t) => {
  const { at } = await visit(setting, t);
  await at("tab-code").click();
  for (const key of ["Alt+ArrowLeft", "Control+Home", "Meta+ArrowLeft"]) {
    const isHandled = await at("tab-code").evaluate((tab, pressed) => {
      const [modifier, name] = pressed.split("+");
      const modifiers = { altKey: modifier === "Alt", ctrlKey: modifier === "Control", metaKey: modifier === "Meta" };
      return !tab.dispatchEvent(new KeyboardEvent("keydown", { key: name, cancelable: true, ...modifiers }));
    }, key);
    assert.equal(isHandled, false, key);
    assert.equal(await at("tab-code").getAttribute("aria-selected"), "true", key);
  }
});
