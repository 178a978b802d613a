// The steps that build the package. They import npm packages dynamically, because an earlier step installs these.

import { createHash } from "node:crypto";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { root, run } from "../run.mjs";

/** The requirements of a build, by their names in scripts/setup.mjs. */
export const BUILD_NEEDS = ["wasm target", "npm packages", "crates", "wasm-bindgen"];

/** The declarations: files in js/ that are published as they are. */
const TYPES = [
  "index.d.ts",
  "index.d.cts",
  "options.d.cts",
  "own-server.d.cts",
  "settings.d.cts",
  "results.d.cts",
  "url.d.ts",
  "script.d.ts",
  "fallback.d.ts",
  "ciba.d.ts",
  "ciba.d.cts",
  "ciba-fallback.d.ts",
  "ciba-results.d.cts",
  "cause.d.ts",
  "cause.d.cts",
  "explain.d.ts",
  "explain.d.cts",
  "testing.d.ts",
  "testing.d.cts",
  "autofill.d.ts",
  "autofill.d.cts",
  "create-autofill.d.ts",
  "create-autofill.d.cts",
  "passkeys.d.ts",
  "passkeys.d.cts",
  "bindings.d.cts",
  "react.d.ts",
  "react.d.cts",
  "react-push.d.ts",
  "react-push.d.cts",
  "vue.d.ts",
  "vue.d.cts",
  "vue-push.d.ts",
  "vue-push.d.cts",
  "svelte.d.ts",
  "svelte.d.cts",
  "svelte-push.d.ts",
  "svelte-push.d.cts",
  "simplewebauthn.d.ts",
  "simplewebauthn.d.cts",
];

const digest = (content) => createHash("sha384").update(content).digest("base64");

/** The steps that build the package into pkg/. */
export const buildSteps = () => {
  let built, fallback, ciba, cibaFallback, cibaServer;
  return [
    {
      title: "Compile the passkey module",
      run: async () => {
        const [{ buildModule }, { buildFallback }] = await importBuilders();
        built = await buildModule({ name: "passkey", features: ["passkey"] });
        fallback = await buildFallback({ name: "passkey", linked: built.linked });
      },
    },
    {
      title: "Compile the push and TOTP module, for pages and for servers",
      run: async () => {
        const [{ buildModule }, { buildFallback }] = await importBuilders();
        ciba = await buildModule({ name: "ciba", features: ["ciba"] });
        cibaFallback = await buildFallback({ name: "ciba", linked: ciba.linked });
        cibaServer = await buildModule({ name: "server", features: ["server"] });
      },
    },
    {
      title: "Make the package in pkg/",
      run: () => makePackage({ built, fallback, ciba, cibaFallback, cibaServer }),
    },
  ];
};

/**
 * The step that lists the largest functions of the modules, after buildSteps. Inlined code counts for its caller.
 *
 * @type {import("../progress.mjs").Step}
 */
export const sizesStep = {
  title: "List the largest functions",
  run: async () => {
    const tables = ["passkey", "ciba", "server"].map(async (name) => {
      const top = await run("twiggy", ["top", "-n", "30", `target/module/${name}/named.wasm`], { capture: true });
      return `${name}, without compression:\n\n${top}`;
    });
    return { details: `\n${(await Promise.all(tables)).join("\n")}` };
  },
};

/** The step that builds both services, for the demo and the tests. */
export const localCloudStep = {
  title: "Build the local cloud",
  run: async () => {
    await run("cargo", ["build", "--locked", "--package", "local-cloud"]);
  },
};

/** The step that builds the package that tests can crash, into target/pkg-injection/. */
export const injectionSteps = () => [
  {
    title: "Build the package that tests can crash",
    run: async () => {
      const [{ buildModule }, { buildFallback }, { bundle }] = await importBuilders();
      const build = (entry) => buildModule({ name: `${entry}-injection`, features: [entry, "injection"] });
      const built = await build("passkey");
      const fallback = await buildFallback({ name: "passkey-injection", linked: built.linked });
      await writeFolder("target/pkg-injection", {
        "index.js": await bundle("index.js", { built }),
        "webauthn-result.fallback.js": await bundle("fallback-module.js", { built: fallback }),
        "ciba.js": await bundle("ciba.js", { built: await build("ciba") }),
      });
    },
  },
];

const importBuilders = () => Promise.all([import("./module.mjs"), import("./fallback.mjs"), import("./bundle.mjs")]);

async function makePackage({ built, fallback, ciba, cibaFallback, cibaServer }) {
  const { bundle } = await import("./bundle.mjs");
  const { checkBudget, describeBudget, describeSizes, sizesOf } = await import("./budget.mjs");
  const files = {
    "index.js": await bundle("index.js", { built }),
    "index.cjs": await bundle("index.js", { built, format: "cjs" }),
    "url.js": await bundle("url.js", { built }),
    "webauthn-result.wasm": built.wasm,
    "webauthn-result.script.js": await bundle("script.js", { built, format: "iife" }),
    "fallback.js": await bundle("fallback.js"),
    "webauthn-result.fallback.js": await bundle("fallback-module.js", { built: fallback }),
    "ciba.js": await bundle("ciba.js", { built: ciba }),
    "ciba.cjs": await bundle("ciba.js", { built: ciba, format: "cjs" }),
    "ciba-fallback.js": await bundle("ciba-fallback.js"),
    "ciba.fallback.js": await bundle("fallback-module.js", { built: cibaFallback }),
    "ciba-node.js": await bundle("ciba.js", { built: cibaServer, place: "node" }),
    "ciba-node.cjs": await bundle("ciba.js", { built: cibaServer, place: "node", format: "cjs" }),
    "ciba-workerd.js": await bundle("ciba.js", { built: cibaServer, place: "workerd" }),
    "ciba.wasm": cibaServer.wasm,
    "cause.js": await bundle("cause.js"),
    "cause.cjs": await bundle("cause.js", { format: "cjs" }),
    "explain.js": await bundle("explain.js"),
    "explain.cjs": await bundle("explain.js", { format: "cjs" }),
    "testing.js": await bundle("testing.js"),
    "testing.cjs": await bundle("testing.js", { format: "cjs" }),
    "autofill.js": await bundle("autofill.js"),
    "autofill.cjs": await bundle("autofill.js", { format: "cjs" }),
    "create-autofill.js": await bundle("create-autofill.js"),
    "create-autofill.cjs": await bundle("create-autofill.js", { format: "cjs" }),
    "simplewebauthn.js": await bundle("simplewebauthn.js"),
    "simplewebauthn.cjs": await bundle("simplewebauthn.js", { format: "cjs" }),
    "passkeys.js": await bundle("passkeys.js"),
    "passkeys.cjs": await bundle("passkeys.js", { format: "cjs" }),
    "react.js": await bundle("react.js"),
    "react.cjs": await bundle("react.js", { format: "cjs" }),
    "react-push.js": await bundle("react-push.js"),
    "react-push.cjs": await bundle("react-push.js", { format: "cjs" }),
    "vue.js": await bundle("vue.js"),
    "vue.cjs": await bundle("vue.js", { format: "cjs" }),
    "vue-push.js": await bundle("vue-push.js"),
    "vue-push.cjs": await bundle("vue-push.js", { format: "cjs" }),
    "svelte.js": await bundle("svelte.js"),
    "svelte.cjs": await bundle("svelte.js", { format: "cjs" }),
    "svelte-push.js": await bundle("svelte-push.js"),
    "svelte-push.cjs": await bundle("svelte-push.js", { format: "cjs" }),
  };
  await writeFolder("pkg", files);
  for (const name of TYPES) await copyFile(join(root, "js", name), join(root, "pkg", name));
  await copyFile(join(root, "scripts/package/pkg.md"), join(root, "pkg/README.md"));

  const sizes = sizesOf(files);
  checkBudget(sizes);
  const script = files["webauthn-result.script.js"];
  const integrity = `  webauthn-result.script.js has integrity="sha384-${digest(script)}"`;
  return { result: describeBudget(sizes), details: `\n${describeSizes(files, sizes)}\n\n${integrity}\n` };
}

/** Writes these files into the folder, and deletes all others: `wasm-pack build` writes into pkg/, too. */
async function writeFolder(name, files) {
  const folder = join(root, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), content);
}
