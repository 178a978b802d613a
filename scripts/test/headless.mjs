// The headless tests of the browser's edge: `wasm-pack test` in Chromium, once for each entry of the package.

import { run } from "../run.mjs";

const ENTRIES = [
  ["--test", "headless"],
  ["--no-default-features", "--features", "ciba", "--test", "headless-ciba"],
];

/** Runs them; resolves to what the runner printed. */
export const runHeadless = async () => {
  const chromedriver = (await run("which", ["chromedriver"], { capture: true })).trim();
  const headless = ["test", "--headless", "--chrome", "--chromedriver", chromedriver, "--mode", "no-install"];
  let output = "";
  for (const entry of ENTRIES) output += await run("wasm-pack", [...headless, "--", ...entry]);
  return output;
};
