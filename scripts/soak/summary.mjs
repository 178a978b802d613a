// The end of a long run: one line for each suite, so that one failure hides no other.

import { formatElapsed, runSteps } from "../progress.mjs";

/** @typedef {import("../progress.mjs").Step} Step */
/** @typedef {import("../progress.mjs").Outcome} Outcome */

/**
 * Runs steps like `runSteps`. A suite that fails does not end the run; a step of `first` does. The last lines are a summary:
 * each suite, whether it passed, how long it took, and its result.
 *
 * @param {object} options
 * @param {Step[]} [options.first] what the suites need
 * @param {Step[]} options.suites
 * @param {string} options.title of the summary
 * @throws {import("../failure.mjs").ExpectedFailure} if a step failed
 */
export const runWithSummary = async ({ first = [], suites, title }) => {
  const lines = suites.map(({ title: name }) => `- ${name}: not run`);
  const recorded = suites.map((suite, index) => ({
    ...suite,
    continues: true,
    run: async () => {
      const started = Date.now();
      const close = (mark, result) => {
        lines[index] = `${mark} ${suite.title}  ${formatElapsed(Date.now() - started)}  ${result}`;
      };
      try {
        const outcome = /** @type {Outcome} */ ((await suite.run()) ?? {});
        close("✓", outcome.result ?? "passed");
        return outcome;
      } catch (error) {
        close("✗", `failed: ${error.message}`);
        throw error;
      }
    },
  }));
  try {
    await runSteps([...first, ...recorded], { details: false });
  } finally {
    const passed = lines.filter((line) => line.startsWith("✓")).length;
    console.log(`\n${title}: ${passed} of ${lines.length} passed\n${lines.join("\n")}`);
  }
};
