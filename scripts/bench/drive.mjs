// Opens the benchmark's page with a virtual authenticator: in Chromium by the DevTools protocol, in Firefox by WebDriver.

import { BROWSERS } from "../../tests/browsers/support/browsers.mjs";
import { startBrowser } from "../../tests/browsers/support/webdriver.mjs";
import { launchBrowser, WILLING } from "../../tests/e2e/support/browser.mjs";

/** A driver has `version`, `close()`, and `call(name, ...values)`, which calls a function of scripts/bench/page/index.mjs. */

/** Adds a virtual authenticator to a page of Chromium. */
export const addAuthenticator = async (context, page) => {
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", { options: WILLING });
  return session;
};

const openChromium = async (url) => {
  const browser = await launchBrowser();
  const context = await browser.newContext();
  const page = await context.newPage();
  await addAuthenticator(context, page);
  await page.goto(url);
  await page.waitForFunction(() => globalThis.bench);
  return {
    version: `Chromium ${browser.version()}`,
    call: async (name, ...values) =>
      JSON.parse(
        await page.evaluate(([functionName, json]) => bench(functionName, json), [name, JSON.stringify(values)]),
      ),
    close: () => browser.close(),
  };
};

const MINUTES = 60_000;

const openFirefox = async (url) => {
  const described = BROWSERS.Firefox();
  Object.assign(described.capabilities["moz:firefoxOptions"].prefs, {
    // Otherwise its clock is coarse, as a protection against fingerprinting.
    "privacy.reduceTimerPrecision": false,
    "privacy.resistFingerprinting": false,
  });
  described.capabilities.timeouts = { script: 5 * MINUTES };
  const browser = await startBrowser(described);
  try {
    await browser.open(url);
    await browser.addAuthenticator();
    const call = (name, json) => globalThis.bench(name, json);
    const isReady = () => typeof globalThis.bench == "function";
    while (!(await browser.run(isReady))) await new Promise((resolve) => setTimeout(resolve, 50));
    return {
      version: browser.version.replace(/^firefox/, "Firefox"),
      call: async (name, ...values) => JSON.parse(await browser.run(call, name, JSON.stringify(values))),
      close: () => browser.stop(),
    };
  } catch (error) {
    await browser.stop();
    throw error;
  }
};

export const DRIVERS = { Chromium: openChromium, Firefox: openFirefox };
