// The test suites: the command of each, and the number of tests that passed according to its output.

import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { siteStep } from "../docs/site.mjs";
import { CommandFailure } from "../failure.mjs";
import { formatElapsed } from "../progress.mjs";
import { root, run } from "../run.mjs";
import { headlessIn } from "./headless.mjs";

/** By runner: the closing lines with the numbers of tests that passed and were skipped. */
const RUNNERS = {
  nextest: { passed: /tests? run: (\d+) passed/g, skipped: /tests? run: .*?(\d+) skipped/g },
  node: { passed: /^ℹ pass (\d+)/gm, skipped: /^ℹ (?:skipped|todo|cancelled) (\d+)/gm },
  "wasm-bindgen": { passed: /^test result: ok\. (\d+) passed/gm, skipped: /^test result: ok\..*?(\d+) ignored/gm },
  unittest: { passed: /^Ran (\d+) tests?/gm, skipped: /^OK \(.*skipped=(\d+)/gm },
};

const sum = (text, pattern) => [...text.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0);

/**
 * Counts the tests in the output of a runner.
 *
 * @param {keyof typeof RUNNERS} runner
 * @param {string} output
 * @returns {{ passed: number, skipped: number }}
 */
export const countTests = (runner, output) => {
  const plain = output.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), "");
  const skipped = sum(plain, RUNNERS[runner].skipped);
  const passed = sum(plain, RUNNERS[runner].passed);
  // unittest includes skipped tests in the number of tests that it ran.
  return { passed: runner === "unittest" ? passed - skipped : passed, skipped };
};

/**
 * A suite of tests. `noun` follows its count in the closing line; `run` resolves to the output of the runner.
 *
 * @typedef {{ title: string, noun: string, runner: keyof typeof RUNNERS, run: () => Promise<string> }} Suite
 */

/**
 * Returns the step for a suite. It fails if no test ran.
 *
 * @param {Suite} suite
 * @param {Map<string, number>} totals tests that passed, by noun
 */
export const suiteStep = ({ title, noun, runner, run: runSuite }, totals) => ({
  title,
  run: async () => {
    const { passed, skipped } = countTests(runner, await runSuite());
    if (!passed) throw new CommandFailure("no test ran");
    totals.set(noun, (totals.get(noun) ?? 0) + passed);
    return { result: `${passed} passed${skipped ? `, ${skipped} skipped` : ""}` };
  },
});

/**
 * The closing line: `255 native, 28 headless: all passed in 12:40`.
 *
 * @param {Map<string, number>} totals
 * @param {number} ms
 */
export const describeTotals = (totals, ms) =>
  `${[...totals].map(([noun, count]) => `${count} ${noun}`).join(", ")}: all passed in ${formatElapsed(ms)}`;

/**
 * The test files below a folder whose name `accepts`.
 *
 * @param {string} folder
 * @param {(name: string) => boolean} [accepts]
 */
export const testFiles = async (folder, accepts = () => true) =>
  (await readdir(join(root, folder), { recursive: true }))
    .filter((name) => name.endsWith(".test.mjs") && accepts(name))
    .map((name) => join(folder, name))
    .sort();

/**
 * Runs test files with Node's test runner, with the `spec` reporter, whose closing lines are counted.
 *
 * @param {string[]} files
 * @param {{ flags?: string[], env?: object }} [options]
 */
export const nodeTest = (files, { flags = [], env } = {}) =>
  run("node", ["--test", "--test-reporter=spec", ...flags, ...files], { env });

const endToEnd = async (accepts) =>
  nodeTest(await testFiles("tests/e2e", accepts), { flags: ["--test-concurrency=1"] });

/** The suites of end-to-end tests besides passkeys, by file name. Each suite takes less than five minutes. */
export const END_TO_END = {
  "push and TOTP": /^(?:ciba(?!-(?:native|programs|server))|secrets-ciba)/,
  "the demo": /^demo/,
  "the demo's sign-in and phone": /^(?:phone|sign-in)/,
  servers: /^(?:backend|ciba-(?:native|programs|server)|own-server)/,
  relays: /^relay/,
  "pages that break things": /^(?:crashes|fault-matrix|hostile|long-life|nested|page-fetch|traps|wrappers)/,
};

/** Suites that have their own script and are not part of `npm test`. */
export const LONGER = ["build", "release", "cloud-package", "browsers"];

/** Suites that need no build of the local cloud, or one of their own. */
export const WITHOUT_CLOUD = ["native", "headless", "site", "release", "cloud-package"];

/**
 * By name, in the order in which `npm test` runs them.
 *
 * @type {Record<string, Suite>}
 */
export const SUITES = {
  native: {
    title: "Native tests",
    noun: "native",
    runner: "nextest",
    run: async () => {
      const flags = ["--locked", "--workspace", "--features", "native", "--color=never"];
      // nextest writes to its standard error, and runs no examples of the documentation.
      const output = await run("cargo", ["nextest", "run", ...flags], { merge: true });
      await run("cargo", ["test", "--doc", ...flags]);
      return output;
    },
  },
  headless: {
    title: "Headless tests of the browser's edge",
    noun: "headless",
    runner: "wasm-bindgen",
    run: () => headlessIn("chrome"),
  },
  node: {
    title: "JavaScript, package and tools, in Node",
    noun: "in Node",
    runner: "node",
    run: async () =>
      nodeTest([
        ...(await testFiles("tests/unit")),
        ...(await testFiles("tests/package")),
        ...(await testFiles("scripts", (name) => !name.startsWith("release/"))),
      ]),
  },
  "e2e:passkeys": {
    title: "End to end: passkeys",
    noun: "end to end",
    runner: "node",
    run: () => endToEnd((name) => !Object.values(END_TO_END).some((pattern) => pattern.test(name))),
  },
  ...Object.fromEntries(
    Object.entries(END_TO_END).map(([about, pattern]) => [
      `e2e:${about}`,
      {
        title: `End to end: ${about}`,
        noun: "end to end",
        runner: "node",
        run: () => endToEnd((name) => pattern.test(name)),
      },
    ]),
  ),
  site: {
    title: "The documentation's site, in Chromium",
    noun: "of the site",
    runner: "node",
    run: async () => {
      await siteStep.run();
      return nodeTest(await testFiles("tests/site"));
    },
  },
  "e2e:accessibility": {
    title: "End to end: accessibility of the demo",
    noun: "end to end",
    runner: "node",
    run: async () => nodeTest(await testFiles("tests/accessibility"), { flags: ["--test-concurrency=1"] }),
  },
  python: {
    title: "AuthSec's published Python SDK against the local cloud",
    noun: "Python",
    runner: "unittest",
    run: async () => (await import("./python-sdk.mjs")).runPythonSdk(),
  },
  build: {
    title: "What the build makes of ordinary Rust, and wasm-pack of the repository",
    noun: "of the build",
    runner: "node",
    run: async () => nodeTest(await testFiles("tests/build"), { flags: ["--test-concurrency=1"] }),
  },
  release: {
    title: "The files of a release",
    noun: "of the release",
    runner: "node",
    run: async () => nodeTest(await testFiles("scripts/release")),
  },
  "cloud-package": {
    title: "The local cloud's package in an empty project, without Rust",
    noun: "of the local cloud's package",
    runner: "node",
    run: async () => nodeTest(await testFiles("tests/cloud-package"), { flags: ["--test-concurrency=1"] }),
  },
  browsers: {
    title: "Chromium, Firefox and WebKitGTK against the local cloud",
    noun: "in browsers",
    runner: "node",
    run: async () => nodeTest(await testFiles("tests/browsers"), { flags: ["--test-concurrency=1"] }),
  },
};
