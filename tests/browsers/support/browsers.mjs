// The three engines: their drivers, and the transports of their virtual authenticators.

import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { CHROMIUM, FIREFOX, findCommand } from "../../../scripts/run.mjs";
import { CHROMIUM_ARGS } from "../../e2e/support/browser.mjs";

/** WebKitGTK's MiniBrowser is in the folder of the library. */
const findMiniBrowser = () => {
  for (const machine of readdirSync("/usr/lib"))
    for (const folder of ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"]) {
      const path = join("/usr/lib", machine, folder, "MiniBrowser");
      try {
        execFileSync("test", ["-x", path]);
        return path;
      } catch {}
    }
  throw new Error("There is no MiniBrowser of WebKitGTK");
};

/** By name. `transport` is absent if there is no WebAuthn. */
export const BROWSERS = {
  Chromium: () => ({
    driver: (port) => [findCommand("chromedriver"), `--port=${port}`],
    transport: "internal",
    capabilities: {
      browserName: "chrome",
      "goog:chromeOptions": {
        binary: findCommand(...CHROMIUM),
        args: ["--headless", ...CHROMIUM_ARGS],
      },
    },
  }),
  Firefox: () => ({
    driver: (port) => [findCommand("geckodriver"), "--log", "error", "--port", String(port)],
    transport: "usb",
    capabilities: {
      browserName: "firefox",
      "moz:firefoxOptions": {
        binary: findCommand(...FIREFOX),
        args: ["-headless"],
        prefs: {
          "security.webauth.webauthn_enable_softtoken": true,
          "security.webauth.webauthn_enable_usbtoken": false,
        },
      },
    },
  }),
  WebKitGTK: () => ({
    // It has no headless mode.
    driver: (port) => [findCommand("xvfb-run"), "--auto-servernum", findCommand("WebKitWebDriver"), `--port=${port}`],
    capabilities: { "webkitgtk:browserOptions": { binary: findMiniBrowser(), args: ["--automation"] } },
  }),
};
