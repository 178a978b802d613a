// A page with its own WebAuthn server in Firefox: the flows that tests/e2e has in Chromium, with the servers in Node and in Rust.

import { join } from "node:path";
import { after, before } from "node:test";

import { root } from "../../scripts/run.mjs";
import { testFlows } from "../e2e/support/own-server-suite.mjs";
import { startServer } from "../e2e/support/processes.mjs";
import { buildPrograms, OWN_SERVER } from "../e2e/support/rust-programs.mjs";
import { BROWSERS } from "./support/browsers.mjs";
import { startBrowser } from "./support/webdriver.mjs";

let browser, authenticator;
before(async () => {
  await buildPrograms();
  browser = await startBrowser(BROWSERS.Firefox());
});
after(() => browser?.stop());

/** The same browser for both servers. */
const startFirefox = async () => ({
  async open(origin) {
    await browser.open(origin);
    await browser.deleteCookies();
    if (authenticator) await browser.removeAuthenticator(authenticator);
    authenticator = await browser.addAuthenticator();
    return browser.run;
  },
  async stop() {},
});

const PROGRAM = join(root, "docs/examples/own-server.mjs");

testFlows({
  name: "a WebAuthn server in Node, in Firefox",
  startBackend: (env) => startServer(process.execPath, [PROGRAM], env),
  startBrowser: startFirefox,
});

testFlows({
  name: "a WebAuthn server in Rust, in Firefox",
  startBackend: (env) => startServer(OWN_SERVER, [], env),
  startBrowser: startFirefox,
});
