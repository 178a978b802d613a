// An npm script that runs suites: set-up, builds, the suites, and a closing line that says what passed.

import { existsSync } from "node:fs";
import { join } from "node:path";

import { buildSteps } from "../build/steps.mjs";
import { runScript } from "../failure.mjs";
import { runSteps } from "../progress.mjs";
import { root } from "../run.mjs";
import { setUp } from "../setup.mjs";
import { setUpPythonSdk } from "./python-sdk.mjs";
import { describeTotals, localCloudStep, SUITES, suiteStep } from "./suites.mjs";

/** The steps that build the package, unless pkg/ has one. */
export const buildStepsIfMissing = () => (existsSync(join(root, "pkg/index.js")) ? [] : buildSteps());

/**
 * @param {object} options
 * @param {string[]} options.needs names of scripts/setup.mjs
 * @param {string[]} options.suites names of SUITES, in the order in which they run
 * @param {import("../progress.mjs").Step[]} [options.first] steps before the local cloud is built
 */
export const runTests = ({ needs, suites, first = [] }) =>
  runScript(async () => {
    const started = Date.now();
    const setup = await setUp(...needs);
    if (suites.includes("python")) setup.push(...(await setUpPythonSdk()));
    const totals = new Map();
    const tests = suites.map((name) => suiteStep(SUITES[name], totals));
    await runSteps([...setup, ...first, localCloudStep, ...tests], { details: false });
    console.log(`\n${describeTotals(totals, Date.now() - started)}`);
  });
