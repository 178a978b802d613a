// npm run lint: formatting, lints with warnings denied, and the licences of what we depend on.

import { checkLicences } from "./licences.mjs";
import { checkNoticedCrates } from "./release/notices.mjs";
import { run, step } from "./run.mjs";
import { ensureBuildTools } from "./tools.mjs";

await ensureBuildTools();

// Imports npm packages, which may have been missing until now.
const { checkWorkflows } = await import("./workflows.mjs");

step("Formatting and lints: Rust");
await run("cargo", ["fmt", "--all", "--check"]);
await run("cargo", ["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]);
const clippy = (...flags) =>
  run("cargo", ["clippy", "--quiet", "--locked", "--all-targets", ...flags, "--", "-D", "warnings"]);
await clippy("--workspace");
await clippy("--target", "wasm32-unknown-unknown");
await clippy("--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "ciba");

step("Formatting and lints: JavaScript");
await run("npx", ["biome", "ci", "--error-on-warnings", "."]);

step("Licences of the dependencies");
await checkLicences();
await checkNoticedCrates();

step("Workflows");
await checkWorkflows();
