// npm run fuzz: any bytes at every parser, each for a while, led by what they cover (libFuzzer).
//
//   node scripts/fuzz.mjs [--seconds 30] [NAME…]     NAME: a target of fuzz/fuzz_targets, or part of its name
//
// Coverage counters need nightly Rust. Of the sanitizers none is asked for: no parser has unsafe code, and what they check
// themselves (overflow, bounds, assertions) is switched on. What a run finds stays in fuzz/corpus for the next one.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";

import { root, run, step } from "./run.mjs";
import { ensureFuzzTools } from "./tools.mjs";

const options = process.argv.slice(2);
const at = options.indexOf("--seconds");
const seconds = at < 0 ? 30 : Number(options.splice(at, 2)[1]);
if (!(seconds > 0)) throw new Error("--seconds needs a number");

const fuzz = join(root, "fuzz");
const all = (await readdir(join(fuzz, "fuzz_targets"))).map((name) => name.replace(/\.rs$/, "")).sort();
const targets = options.length ? all.filter((name) => options.some((part) => name.includes(part))) : all;
if (!targets.length) throw new Error(`There is no target ${options.join(", ")}`);

await ensureFuzzTools();
step("Building the targets, with coverage counters");
await run("cargo", ["+nightly", "fuzz", "build", "--sanitizer", "none"]);
const host = (await run("rustc", ["-vV"], { capture: true })).match(/host: (\S+)/)[1];
const built = process.env.CARGO_TARGET_DIR ?? join(fuzz, "target");

/** Runs one target to its end, and reads libFuzzer's own figures: inputs tried, edges covered. */
const fuzzOne = async (target) => {
  const corpus = join(fuzz, "corpus", target);
  const seeds = join(fuzz, "seeds", target);
  const artifacts = join(fuzz, "artifacts", target);
  for (const folder of [corpus, artifacts]) await mkdir(folder, { recursive: true });
  const folders = [corpus, ...(existsSync(seeds) ? [seeds] : [])];
  const limits = [`-max_total_time=${seconds}`, "-timeout=5", "-print_final_stats=1"];
  const child = spawn(join(built, host, "release", target), [...folders, ...limits, `-artifact_prefix=${artifacts}/`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (said = (said + text).slice(-100_000)));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) console.error(said);
  const last = (pattern) => Number([...said.matchAll(pattern)].at(-1)?.[1] ?? 0);
  return { code, tried: last(/number_of_executed_units:\s+(\d+)/g), covered: last(/cov: (\d+)/g) };
};

let failed = 0;
for (const target of targets) {
  step(`${target}: ${seconds} s`);
  const { code, tried, covered } = await fuzzOne(target);
  // A fuzzer without counters, or one that tried nothing, has shown nothing.
  const worked = code === 0 && tried > 0 && covered > 0;
  if (!worked) failed += 1;
  console.log(
    `  ${worked ? "nothing found" : "FAILED"}: ${tried.toLocaleString("en")} inputs, ${covered} edges covered`,
  );
}
console.log(`\nfuzz targets: ${targets.length - failed} passed, ${failed} failed`);
if (failed) process.exitCode = 1;
