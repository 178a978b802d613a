// The programs in Rust: those that use the native client, and the shop's backends.

import { join } from "node:path";

import { run, target } from "../../../scripts/run.mjs";

export const EXAMPLE = join(target, "debug/examples/ciba");
export const RELAY = join(target, "debug/ciba-relay");
export const BACKEND = join(target, "debug/shop-backend");
export const OWN_SERVER = join(target, "debug/own-server");

/** Builds them with what the native tests build, so that nothing is compiled twice. */
export const buildPrograms = () =>
  run("cargo", ["build", "--locked", "--workspace", "--features", "native", "--bins", "--examples"]);
