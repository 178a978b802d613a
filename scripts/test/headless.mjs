// The headless tests of the browser's edge: `wasm-pack test`, once for each entry of the package.
//
// The test runner's server (tiny_http 0.12) occupies a thread for as long as a connection is open. It starts with four
// threads, and miscounts the idle ones when several connections arrive at once (util/task_pool.rs). From the fifth on, a
// connection may never get a thread, and the page then waits forever for the file that it requested there. Browsers open
// six. webdriver.json limits them to two: `max_stream_per_group` in Chromium, `max-persistent-connections-per-server` in
// Firefox.

import { CommandFailure } from "../failure.mjs";
import { run } from "../run.mjs";

const ENTRIES = [[], ["--no-default-features", "--features", "ciba"]];

const MODULE_NEEDS = ["wasm target", "crates", "wasm-bindgen", "wasm-pack"];

/** The requirements for each browser, by their names in scripts/setup.mjs. */
export const HEADLESS_NEEDS = {
  chrome: [...MODULE_NEEDS, "chromium"],
  firefox: [...MODULE_NEEDS, "firefox", "geckodriver"],
};

/** Runs the documented commands. Resolves to the output of the test runner. */
export const headlessIn = async (browser) => {
  let output = "";
  for (const features of ENTRIES) {
    const printed = await run("wasm-pack", ["test", "--headless", `--${browser}`, ...features]);
    if (!/^test result: ok\. [1-9]/m.test(printed))
      throw new CommandFailure("no headless test ran for one of the modules");
    output += printed;
  }
  return output;
};
