// Chromium with a virtual authenticator, on a page of the shop: a test's view of one page and of the calls that it makes.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { chromium } from "playwright-core";
import { CHROMIUM, findCommand, root } from "../../../scripts/run.mjs";
import { TOKEN } from "./cloud.mjs";
import { addFrame, addPolicy, install, nextTask } from "./in-page.mjs";
import { assertSuccess, CEREMONIES } from "./result-table.mjs";
import { replaceCredentials, replaceFetch } from "./stand-ins.mjs";

/** Chromium's arguments, however it is driven. */
export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @typedef {Parameters<import("playwright-core").CDPSession["send"]>[0]} Command of Chromium's protocol */

/** A page of the shop without scripts, with the shop's headers. */
export const BARE_PAGE = "/style/base.css";

/** A platform authenticator whose owner consents to everything, verified. */
export const WILLING = /** @type {const} */ ({
  protocol: "ctap2",
  ctap2Version: "ctap2_1",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
});

/** `args` are added to the usual ones; the other options are playwright's. */
export const launchBrowser = ({ args = [], ...more } = {}) =>
  chromium.launch({
    executablePath: findCommand(...CHROMIUM),
    headless: true,
    args: [...CHROMIUM_ARGS, ...args],
    ...more,
  });

/** Makes pages load the package that tests can crash instead of the published one. */
export const serveInjection = async (page) => {
  const file = join(root, "target/pkg-injection/index.js");
  assert.ok(existsSync(file), "build it first: node scripts/build.mjs --injection");
  await page.route("**/pkg/index.js", (route) =>
    route.fulfill({ path: file, contentType: "text/javascript; charset=utf-8" }),
  );
};

/**
 * Opens a page of the shop.
 *
 * @param {{
 *   browser: import("playwright-core").Browser,
 *   shop: { origin: string } & Partial<Awaited<ReturnType<typeof import("./shop.mjs").startShop>>>,
 * }} place
 * @param {{ authenticator?: object, url?: string, policy?: string, bare?: boolean, context?: object, prepare?: (page) => Promise<void> }} options
 *   `policy` is a Content-Security-Policy beside the shop's own; `prepare` runs before the page is loaded; `bare: false`
 *   where the page's own scripts call the module; `context` are playwright's options of its browser context.
 */
export const openPage = async ({ browser, shop }, options = {}) => {
  const { authenticator, url = shop.origin + BARE_PAGE, policy, bare = true, prepare } = options;
  const context = await browser.newContext(options.context);
  const page = await context.newPage();
  const requests = [];
  const messages = [];
  const errors = [];
  page.on("request", (request) => {
    if (request.method() === "POST")
      requests.push({
        url: request.url(),
        body: request.postDataJSON(),
        headers: () => request.allHeaders(),
      });
  });
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => errors.push(error));

  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: { ...WILLING, ...authenticator },
  });
  await prepare?.(page);
  await page.goto(url);
  if (policy) await page.evaluate(addPolicy, policy);
  if (bare) await page.evaluate(install);

  /** A call by its number in the page. */
  const handle = (number) => ({
    outcome: () => page.evaluate((at) => e2e.calls[at].outcome, number),
    reached: (stage) => page.evaluate(([at, name]) => e2e.calls[at].reached(name), [number, stage]),
    abort: () => page.evaluate((at) => e2e.calls[at].controller.abort(), number),
    isSettled: () => page.evaluate((at) => e2e.calls[at].settled, number),
  });
  /** Starts a call; the cloud is the shop's unless the settings have another. */
  const begin = async (name, argument, settings) =>
    handle(
      await page.evaluate(
        ([ceremony, given, rest]) => e2e.begin(ceremony, given, rest),
        [name, argument, { baseUrl: shop.baseUrl, ...settings }],
      ),
    );
  const call = async (...values) => (await begin(...values)).outcome();
  const sent = (path) => (statusToken) =>
    requests.filter(({ url: address, body }) => address === shop.baseUrl + path && body.statusToken === statusToken);

  return {
    page,
    context,
    messages,
    begin,
    call,
    close: () => context.close(),

    /** An uncaught error or an unhandled rejection in the page fails the test, and so does a token in its console. */
    async assertUnharmed() {
      await page.evaluate(nextTask);
      assert.deepEqual(errors, [], "the page had errors that nobody caught");
      for (const message of messages) assert.doesNotMatch(message, TOKEN, "the console shows a token");
    },

    /** The finalizations that the page sent for a transaction. */
    finalizations: (name, { statusToken }) => sent(CEREMONIES[name].path)(statusToken),
    /** The status requests that it sent for a transaction. */
    statusRequests: ({ statusToken }) => sent("/api/v1/status")(statusToken),

    /** A frame of the shop's own origin, under a permissions policy, with the module in it as `e2e.module`. */
    async openFrame(allow = "") {
      const frameName = `frame-${randomUUID()}`;
      await page.evaluate(addFrame, [frameName, allow]);
      const frame = page.frame({ name: frameName });
      await frame.evaluate(install);
      return frame;
    },

    /** Replaces `navigator.credentials.get` and `create`; see stand-ins.mjs. */
    replaceCredentials: (standIn) => page.evaluate(replaceCredentials, String(standIn)),
    /** Likewise for `fetch`. */
    replaceFetch: (standIn) => page.evaluate(replaceFetch, String(standIn)),
    restore: () => page.evaluate(() => e2e.restore()),
    /** Reloads it, as a user does in the middle. */
    async reload() {
      await page.reload();
      if (bare) await page.evaluate(install);
    },
    /** `cancel()` of the module. */
    cancel: () => page.evaluate(() => e2e.module.cancel()),

    /** Stops the page's clock; `forward` advances it, in milliseconds. */
    async stopClock() {
      await page.clock.install();
      await page.clock.pauseAt(Date.now() + 1000);
    },
    forward: (ms) => page.clock.runFor(ms),

    /** Changes the authenticator: the command without `WebAuthn.`, e.g. `setUserVerified`. */
    authenticator: (command, parameters) =>
      cdp.send(/** @type {Command} */ (`WebAuthn.${command}`), { authenticatorId, ...parameters }),

    /** Creates a user with a passkey; `discoverable` by default. */
    async newUser({ discoverable = true, ...more } = {}) {
      const { user, argument } = await shop.enroll({
        username: `user-${randomUUID()}`,
        options: {
          authenticatorSelection: { residentKey: discoverable ? "required" : "discouraged" },
        },
        ...more,
      });
      assertSuccess(await call("register", argument), "register");
      return user;
    },
  };
};
