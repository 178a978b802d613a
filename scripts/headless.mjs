// The headless tests of the JavaScript edge: `wasm-pack test` in Chromium.
//
// The test runner's server gives each connection a thread of a pool that miscounts how many are free when several
// connections come at once (tiny_http 0.12, util/task_pool.rs): on a busy machine one of them is never served, and the
// page waits for its script until the driver gives up. So Chromium asks through a proxy that asks one thing at a time.

import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { Agent, createServer, request } from "node:http";
import { join } from "node:path";

import { root, run, step } from "./run.mjs";

const oneAtATime = new Agent({ keepAlive: false, maxSockets: 1 });

const startProxy = async () => {
  const proxy = createServer((asked, answered) => {
    const passedOn = request(
      asked.url,
      { method: asked.method, headers: asked.headers, agent: oneAtATime },
      (answer) => {
        answered.writeHead(answer.statusCode, answer.headers);
        answer.pipe(answered);
      },
    );
    passedOn.on("error", () => answered.destroy());
    asked.pipe(passedOn);
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return proxy;
};

/** webdriver.json with Chromium sent through the proxy, as a file of its own. */
const writeCapabilities = async (port) => {
  const capabilities = JSON.parse(await readFile(join(root, "webdriver.json"), "utf8"));
  capabilities["goog:chromeOptions"].args.push(
    `--proxy-server=127.0.0.1:${port}`,
    // Without this, Chromium asks loopback addresses itself.
    "--proxy-bypass-list=<-loopback>",
  );
  const path = join(root, "target", "webdriver.json");
  await mkdir(join(root, "target"), { recursive: true });
  await writeFile(path, JSON.stringify(capabilities));
  return path;
};

step("Headless tests of the JavaScript edge, in Chromium");
const chromedriver = (await run("which", ["chromedriver"], { capture: true })).trim();
const proxy = await startProxy();
const env = {
  WASM_BINDGEN_TEST_WEBDRIVER_JSON: await writeCapabilities(
    /** @type {import("node:net").AddressInfo} */ (proxy.address()).port,
  ),
  // A busy machine takes its time to start a browser.
  WASM_BINDGEN_TEST_TIMEOUT: "120",
  WASM_BINDGEN_TEST_DRIVER_TIMEOUT: "60",
};
const headless = ["test", "--headless", "--chrome", "--chromedriver", chromedriver, "--mode", "no-install"];
for (const entry of [
  ["--test", "headless"],
  ["--no-default-features", "--features", "ciba", "--test", "headless-ciba"],
])
  await run("wasm-pack", [...headless, "--", ...entry], { env });
proxy.closeAllConnections();
proxy.close();
