// The steps of `npm run fuzz`: feed arbitrary bytes to each parser, guided by coverage (libFuzzer).
//
// Coverage counters need nightly Rust. There is no sanitizer, because no parser has unsafe code; overflow and bounds checks
// and assertions are enabled. A run adds its inputs to fuzz/corpus for the next one.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";

import { CommandFailure } from "../failure.mjs";
import { log } from "../progress.mjs";
import { target as buildFolder, root, run } from "../run.mjs";

/** The requirements of fuzzing, by their names in scripts/setup.mjs. */
export const FUZZ_NEEDS = ["nightly rust", "cargo-fuzz"];

const fuzz = join(root, "fuzz");

/** The names of the fuzz targets. */
export const fuzzTargets = async () =>
  (await readdir(join(fuzz, "fuzz_targets"))).map((name) => name.replace(/\.rs$/, "")).sort();

/**
 * @param {string[]} targets
 * @param {number} seconds for each
 */
export const fuzzSteps = (targets, seconds) => [
  {
    title: "Build the fuzz targets, with coverage counters",
    run: async () => {
      await run("cargo", ["+nightly", "fuzz", "build", "--sanitizer", "none"]);
    },
  },
  ...targets.map((target) => ({
    title: `Fuzz ${target} for ${seconds} s`,
    continues: true,
    run: () => fuzzOne(target, seconds),
  })),
];

/** Runs one target, and reads libFuzzer's figures: inputs tried and edges covered. */
const fuzzOne = async (target, seconds) => {
  const [corpus, seeds, artifacts] = ["corpus", "seeds", "artifacts"].map((name) => join(fuzz, name, target));
  for (const folder of [corpus, artifacts]) await mkdir(folder, { recursive: true });
  const host = (await run("rustc", ["-vV"], { capture: true })).match(/host: (\S+)/)[1];
  const folders = [corpus, ...(existsSync(seeds) ? [seeds] : [])];
  const limits = [`-max_total_time=${seconds}`, "-timeout=5", "-print_final_stats=1"];
  const command = join(buildFolder, host, "release", target);
  const child = spawn(command, [...folders, ...limits, `-artifact_prefix=${artifacts}/`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (output = (output + text).slice(-100_000)));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  const last = (pattern) => Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
  const [tried, covered] = [last(/number_of_executed_units:\s+(\d+)/g), last(/cov: (\d+)/g)];
  // Fail if the fuzzer had no coverage counters or tried no input.
  if (code !== 0 || !tried || !covered) {
    log(output);
    throw new CommandFailure(`${target} failed`);
  }
  return { result: `${tried.toLocaleString("en")} inputs, ${covered} edges covered` };
};
