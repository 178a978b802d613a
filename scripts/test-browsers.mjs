// npm run test:browsers: the ceremonies in Chromium and Firefox, the answer of WebKitGTK, which has no passkeys, push and TOTP in all.

import { existsSync } from "node:fs";
import { join } from "node:path";

import { root, run, step } from "./run.mjs";
import { ensureBrowsers, ensureBuildTools } from "./tools.mjs";

await ensureBuildTools();
await ensureBrowsers();
if (!existsSync(join(root, "pkg/index.js"))) await run("node", ["scripts/build.mjs"]);
await run("cargo", ["build", "--quiet", "--locked", "--package", "local-cloud"]);

step("Chromium, Firefox and WebKitGTK, against the local cloud");
await run("node", ["--test", "--test-concurrency=1", "tests/browsers/"]);
