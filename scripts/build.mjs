// Builds the package into pkg/. With --injection: one for the tests, which can be told to panic, into target/pkg-injection/.

import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { checkBudget } from "./build/budget.mjs";
import { bundle } from "./build/bundle.mjs";
import { buildModule } from "./build/module.mjs";
import { root, step } from "./run.mjs";
import { ensureBuildTools } from "./tools.mjs";

await ensureBuildTools();
if (process.argv.includes("--injection")) await buildForInjection();
else await buildPackage();

async function buildPackage() {
  step("The module: Rust to WebAssembly");
  const built = await buildModule({ name: "passkey" });

  step("The package: pkg/");
  const files = {
    "index.js": await bundle("index.js", built),
    "explain.js": await bundle("explain.js"),
  };
  await writeFolder("pkg", files);
  for (const name of ["index.d.ts", "explain.d.ts"])
    await copyFile(join(root, "js", name), join(root, "pkg", name));
  checkBudget(files);
}

async function buildForInjection() {
  step("The module, with crashes on demand");
  const built = await buildModule({ name: "injection", features: ["injection"] });
  await writeFolder("target/pkg-injection", { "index.js": await bundle("index.js", built) });
}

async function writeFolder(folder, files) {
  await rm(join(root, folder), { recursive: true, force: true });
  await mkdir(join(root, folder), { recursive: true });
  for (const [name, content] of Object.entries(files))
    await writeFile(join(root, folder, name), content);
}
