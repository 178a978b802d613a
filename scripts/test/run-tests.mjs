// Runs test suites for an npm script: set-up, builds, suites, and a closing line with the totals.

import { localCloudStep } from "../build/steps.mjs";
import { ExpectedFailure, runScript } from "../failure.mjs";
import { readOptions } from "../options.mjs";
import { runSteps } from "../progress.mjs";
import { setUp } from "../setup.mjs";
import { setUpPythonSdk } from "./python-sdk.mjs";
import { describeTotals, SUITES, suiteStep, WITHOUT_CLOUD } from "./suites.mjs";

/**
 * @param {object} options
 * @param {string[]} options.needs names in scripts/setup.mjs
 * @param {string[]} options.suites names in SUITES, in order
 * @param {import("../progress.mjs").Step[]} [options.first] steps before the local cloud is built
 * @param {boolean} [options.isSelective] whether the command line may select suites by parts of their names
 */
export const runTests = ({ needs, suites, first = [], isSelective = false }) =>
  runScript(async () => {
    const started = Date.now();
    const { positionals } = readOptions({}, { allowPositionals: isSelective });
    const chosen = suites.filter((suite) => !positionals.length || positionals.some((part) => suite.includes(part)));
    if (!chosen.length)
      throw new ExpectedFailure(`No suite matches ${positionals.join(", ")}. Choose from ${suites.join(", ")}.`);
    const setup = await setUp(...needs);
    if (chosen.includes("python")) setup.push(...(await setUpPythonSdk()));
    const totals = new Map();
    const tests = chosen.map((name) => suiteStep(SUITES[name], totals));
    const cloud = chosen.every((name) => WITHOUT_CLOUD.includes(name)) ? [] : [localCloudStep];
    await runSteps([...setup, ...first, ...cloud, ...tests], { details: false });
    console.log(`\n${describeTotals(totals, Date.now() - started)}`);
  });
