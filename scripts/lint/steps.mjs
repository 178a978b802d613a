// The steps of `npm run lint`: formatting, lints with warnings denied, types, circles of imports, licenses and their notices,
// workflows and the Dockerfile.

import { checkNoticedCrates } from "../release/notices.mjs";
import { run } from "../run.mjs";
import { checkCircles } from "./circles.mjs";
import { checkLicenses } from "./licenses.mjs";

/** The requirements, by their names in scripts/setup.mjs. */
export const LINT_NEEDS = ["rust lints", "wasm target", "crates", "npm packages"];

const clippy = (...flags) => run("cargo", ["clippy", "--locked", "--all-targets", ...flags, "--", "-D", "warnings"]);

export const lintSteps = () => [
  {
    title: "Lint Rust",
    run: async () => {
      await run("cargo", ["fmt", "--all", "--check"]);
      await run("cargo", ["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]);
      await clippy("--workspace", "--features", "native");
      await clippy("--target", "wasm32-unknown-unknown");
      await clippy("--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "ciba");
      // Only with both is code dead that neither entry uses.
      await clippy("--target", "wasm32-unknown-unknown", "--features", "ciba");
    },
  },
  {
    title: "Lint JavaScript",
    run: async () => {
      await run("npx", ["--no-install", "biome", "ci", "--colors=off", "--error-on-warnings", "."]);
    },
  },
  {
    title: "Check types",
    run: async () => {
      // Imports an npm package.
      const { checkTypes } = await import("./types.mjs");
      await checkTypes();
    },
  },
  { title: "Check that no files import each other in a circle", run: checkCircles },
  { title: "Check the licenses of the dependencies", run: checkLicenses },
  { title: "Check that third-party notices cover what is compiled in", run: checkNoticedCrates },
  {
    title: "Check the workflows and the Dockerfile",
    run: async () => {
      // They import npm packages.
      const { checkWorkflows } = await import("./workflows.mjs");
      const { checkDockerfile } = await import("./dockerfile.mjs");
      await checkDockerfile();
      return checkWorkflows();
    },
  },
];
