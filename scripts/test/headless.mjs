// The headless tests of the browser's edge: `wasm-pack test` in Chromium, once for each entry of the package.
//
// The test runner's server (tiny_http 0.12) occupies a thread for as long as a connection is open. It starts with four
// threads, and miscounts the idle ones when several connections arrive at once (util/task_pool.rs). From the fifth on, a
// connection may never get a thread, and the page then waits forever for the file that it requested there. Browsers open
// six. webdriver.json limits them to two: `max_stream_per_group` in Chromium, `max-persistent-connections-per-server` in
// Firefox.

import { run } from "../run.mjs";

const ENTRIES = [[], ["--no-default-features", "--features", "ciba"]];

/** Runs them by the commands that people type; resolves to what the runner printed. */
export const runHeadless = async () => {
  let output = "";
  for (const features of ENTRIES) output += await run("wasm-pack", ["test", "--headless", "--chrome", ...features]);
  return output;
};
