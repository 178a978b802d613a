// Builds the package into pkg/. With --injection: one for the tests, which can be told to panic, into target/pkg-injection/.

import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { checkBudget, printSizes } from "./build/budget.mjs";
import { bundle } from "./build/bundle.mjs";
import { printBytes } from "./build/bytes.mjs";
import { buildFallback } from "./build/fallback.mjs";
import { buildModule } from "./build/module.mjs";
import { root, step } from "./run.mjs";
import { ensureBuildTools } from "./tools.mjs";

// TypeScript wants the types of a CommonJS file beside it.
const TYPES = [
  ["index.d.ts", "index.d.ts", "index.d.cts", "url.d.ts"],
  ["fallback.d.ts", "fallback.d.ts"],
  ["ciba.d.ts", "ciba.d.ts", "ciba.d.cts"],
  ["explain.d.ts", "explain.d.ts", "explain.d.cts"],
];

/** The one file in pkg/ that is not built. */
const KEPT = "README.md";

const digest = (content) => createHash("sha384").update(content).digest("base64");

await ensureBuildTools();
if (process.argv.includes("--injection")) await buildForInjection();
else await buildPackage();

async function buildPackage() {
  step("The modules: Rust to WebAssembly");
  const built = await buildModule({ name: "passkey", features: ["passkey"] });
  const fallback = await buildFallback({ name: "passkey", linked: built.linked });
  const ciba = await buildModule({ name: "ciba", features: ["ciba"] });

  step("The package: pkg/");
  const files = {
    "index.js": await bundle("index.js", { built }),
    "index.cjs": await bundle("index.js", { built, format: "cjs" }),
    "url.js": await bundle("url.js", { built }),
    "webauthn-result.wasm": built.wasm,
    "webauthn-result.script.js": await bundle("script.js", { built, format: "iife" }),
    "webauthn-result.fallback.js": await bundle("fallback.js", { built: fallback }),
    "ciba.js": await bundle("ciba.js", { built: ciba }),
    "ciba.cjs": await bundle("ciba.js", { built: ciba, format: "cjs" }),
    "explain.js": await bundle("explain.js"),
    "explain.cjs": await bundle("explain.js", { format: "cjs" }),
  };
  await writeFolder("pkg", files);
  for (const [source, ...names] of TYPES)
    for (const name of names) await copyFile(join(root, "js", source), join(root, "pkg", name));
  const sizes = printSizes(files);
  for (const [entry, module] of Object.entries({ "index.js": built, "ciba.js": ciba }))
    printBytes({ entry, content: files[entry], compressed: sizes[entry], module });
  checkBudget(sizes);
  const script = files["webauthn-result.script.js"];
  console.log(`\n  webauthn-result.script.js has integrity="sha384-${digest(script)}"`);
}

async function buildForInjection() {
  step("The modules, with crashes on demand");
  const build = (entry) => buildModule({ name: `${entry}-injection`, features: [entry, "injection"] });
  const built = await build("passkey");
  const fallback = await buildFallback({ name: "passkey-injection", linked: built.linked });
  await writeFolder("target/pkg-injection", {
    "index.js": await bundle("index.js", { built }),
    "webauthn-result.fallback.js": await bundle("fallback.js", { built: fallback }),
    "ciba.js": await bundle("ciba.js", { built: await build("ciba") }),
  });
}

/** Makes the folder hold these files and nothing else, except for KEPT. */
async function writeFolder(name, files) {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  for (const old of await readdir(folder)) if (old !== KEPT) await rm(join(folder, old), { recursive: true });
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), content);
}
