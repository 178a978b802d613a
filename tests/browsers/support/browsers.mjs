// The three engines: how each is driven, and what its passkeys are plugged in by.

import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { CHROMIUM_ARGS } from "../../e2e/support/browser.mjs";
import { pathOf } from "../../e2e/support/processes.mjs";

/** WebKitGTK's own small browser lies with the library. */
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

/** By name. `transport` is absent where there is no WebAuthn. */
export const BROWSERS = {
  Chromium: () => ({
    driver: (port) => [pathOf("chromedriver"), `--port=${port}`],
    transport: "internal",
    capabilities: {
      browserName: "chrome",
      "goog:chromeOptions": {
        binary: pathOf("chromium"),
        args: ["--headless", ...CHROMIUM_ARGS],
      },
    },
  }),
  Firefox: () => ({
    driver: (port) => [pathOf("geckodriver"), "--log", "error", "--port", String(port)],
    transport: "usb",
    capabilities: {
      browserName: "firefox",
      "moz:firefoxOptions": {
        binary: pathOf("firefox-esr"),
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
    driver: (port) => [pathOf("xvfb-run"), "--auto-servernum", pathOf("WebKitWebDriver"), `--port=${port}`],
    capabilities: { "webkitgtk:browserOptions": { binary: findMiniBrowser(), args: ["--automation"] } },
  }),
};
