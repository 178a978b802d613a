// The programs in Rust that use the native client.

import { join } from "node:path";

import { run, target } from "../../../scripts/run.mjs";

export const EXAMPLE = join(target, "debug/examples/ciba");
export const RELAY = join(target, "debug/ciba-relay");

/** Builds them with what the native tests build, so that nothing is compiled twice. */
export const buildPrograms = () =>
  run("cargo", ["build", "--locked", "--workspace", "--features", "native", "--bins", "--examples"]);
