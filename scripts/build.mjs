// Builds the package into pkg/.

import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { checkBudget } from "./build/budget.mjs";
import { bundle, writePackageFile } from "./build/bundle.mjs";
import { buildModule } from "./build/module.mjs";
import { root, step } from "./run.mjs";
import { ensureBuildTools } from "./tools.mjs";

await ensureBuildTools();

step("The module: Rust to WebAssembly");
const built = await buildModule({ name: "passkey" });

step("The package: pkg/");
await rm(join(root, "pkg"), { recursive: true, force: true });
await mkdir(join(root, "pkg"));
const files = {
  "index.js": await bundle("index.js", built),
  "explain.js": await bundle("explain.js"),
};
for (const [name, content] of Object.entries(files)) await writePackageFile(name, content);
for (const name of ["index.d.ts", "explain.d.ts"])
  await copyFile(join(root, "js", name), join(root, "pkg", name));
checkBudget(files);
