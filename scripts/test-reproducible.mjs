// npm run test:reproducible: two builds from scratch, in two folders, and the tarball, are byte for byte the same.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { BUILD_NEEDS, buildSteps } from "./build/steps.mjs";
import { testReproducible } from "./consumers/reproducible.mjs";
import { pack } from "./consumers/tarball.mjs";
import { runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";

const compare = async () => {
  const scratch = await mkdtemp(join(tmpdir(), "webauthn-result-builds-"));
  try {
    await testReproducible(join(scratch, "builds"), (await pack(scratch)).file);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

await runScript(async () => {
  readOptions({});
  const setup = await setUp(...BUILD_NEEDS);
  const step = { title: "Build twice from scratch, and compare", run: compare };
  await runSteps([...setup, ...buildSteps(), step], { details: false });
  console.log("\nThe build is reproducible: byte for byte the same.");
});
