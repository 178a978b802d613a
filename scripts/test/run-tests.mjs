// An npm script that runs suites: set-up, builds, the suites, and a closing line that says what passed.

import { localCloudStep } from "../build/steps.mjs";
import { ExpectedFailure, runScript } from "../failure.mjs";
import { readOptions } from "../options.mjs";
import { runSteps } from "../progress.mjs";
import { setUp } from "../setup.mjs";
import { setUpPythonSdk } from "./python-sdk.mjs";
import { describeTotals, SUITES, suiteStep, WITHOUT_CLOUD } from "./suites.mjs";

/**
 * @param {object} options
 * @param {string[]} options.needs names of scripts/setup.mjs
 * @param {string[]} options.suites names of SUITES, in the order in which they run
 * @param {import("../progress.mjs").Step[]} [options.first] steps before the local cloud is built
 * @param {boolean} [options.isSelective] whether the command line may name some of the suites, by a part of their names
 */
export const runTests = ({ needs, suites, first = [], isSelective = false }) =>
  runScript(async () => {
    const started = Date.now();
    const { positionals } = readOptions({}, { allowPositionals: isSelective });
    const chosen = suites.filter((suite) => !positionals.length || positionals.some((part) => suite.includes(part)));
    if (!chosen.length)
      throw new ExpectedFailure(`No suite is named like ${positionals.join(", ")}: choose from ${suites.join(", ")}.`);
    const setup = await setUp(...needs);
    if (chosen.includes("python")) setup.push(...(await setUpPythonSdk()));
    const totals = new Map();
    const tests = chosen.map((name) => suiteStep(SUITES[name], totals));
    const cloud = chosen.every((name) => WITHOUT_CLOUD.includes(name)) ? [] : [localCloudStep];
    await runSteps([...setup, ...first, ...cloud, ...tests], { details: false });
    console.log(`\n${describeTotals(totals, Date.now() - started)}`);
  });
