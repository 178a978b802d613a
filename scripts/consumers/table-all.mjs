// The projects that only `npm run test:consumers -- all`, or their name, runs: more tools, and more versions of the others.
// The properties are those of table.mjs.

/** In which the tools run that want a newer one than this repository. */
const NODE = "24.21.0";

const listen = (port) => ["--host", "127.0.0.1", "--port", port];

const rendered = "Create a passkey</button>";

/** A framework with its development server and built, each with both entries. `copied`: what the built one needs for `/url`. */
const framework = (name, { dev, built, copied = {}, ...shared }) => [
  { name: `${name}, dev server`, ...shared, ...dev },
  { name: `${name}, dev server, webauthn-result/url`, ...shared, ...dev, url: true, inlined: true },
  { name: `${name}, build`, ...shared, ...built },
  { name: `${name}, build, webauthn-result/url`, ...shared, ...built, url: true, ...copied },
];

const NO_TEMPLATE = "The creator downloads its template from GitHub: this is the project of the tool's documentation.";

const COPIED = "With the `.wasm` file copied, as [Loading](loading.md#webauthn-resulturl) has it.";

/** An older version of Vite. */
const vite = (version) =>
  framework(`Vite ${version}`, {
    ...{ folder: `vite-${version}`, tools: ["vite"], shared: "src" },
    dev: { serves: { script: "dev", args: listen } },
    built: { builds: ["build"], serves: "dist" },
  });

const program = (name, folder, tool, script) => ({ name, folder, tools: [tool], program: script });

const PROGRAMS = ["node-esm/main.mjs", "node-cjs/main.cjs"];

const VITEST_TESTS = ["sign-in", "text", "approve.test", "autofill.test", "mocked.test", "push.test"]
  .concat(["sign-in.test", "text.test"])
  .map((name) => `testing-vitest/${name}.js`);

const runtime = (name, tool, script) => ({
  ...program(name, "runtimes", tool, script),
  files: PROGRAMS,
});

export const MORE_CONSUMERS = [
  ...vite(5),
  ...vite(7),
  ...framework("Angular", {
    ...{ folder: "angular", template: "angular", node: NODE, tools: ["@angular/core", "@angular/cli"] },
    ...{ shared: "src", typed: true },
    dev: { serves: { script: "start", args: listen } },
    built: { builds: ["build"], serves: "dist/shop/browser" },
    copied: {
      edits: [
        {
          file: "angular.json",
          after: `"input": "public"
              }`,
          text: `,
              { "glob": "webauthn-result.wasm", "input": "node_modules/webauthn-result/pkg" }`,
        },
      ],
      note: COPIED,
    },
  }),
  ...framework("Nuxt", {
    ...{ folder: "nuxt", tools: ["nuxt", "vue"], shared: "app", typed: true, files: ["vue-vite/src/Passkeys.vue"] },
    ...{ rendered, note: NO_TEMPLATE },
    dev: { serves: { script: "dev", args: listen } },
    built: { builds: ["typecheck", "build"], serves: { script: "preview" } },
  }),
  ...framework("SvelteKit", {
    ...{ folder: "sveltekit", template: "sveltekit", node: NODE, tools: ["@sveltejs/kit", "svelte", "vite"] },
    ...{ shared: "src/lib", typed: true, files: ["svelte-vite/src/Passkeys.svelte"], rendered },
    dev: { serves: { script: "dev", args: listen } },
    built: { builds: ["check", "build"], serves: { script: "preview", args: listen } },
  }),
  ...framework("React Router", {
    ...{ folder: "react-router", tools: ["react-router", "react", "vite"], shared: "app", typed: true },
    ...{ files: ["react-vite/src/Passkeys.tsx"], rendered, note: NO_TEMPLATE },
    dev: { serves: { script: "dev", args: listen } },
    built: { builds: ["typecheck", "build"], serves: { script: "start" } },
  }),
  ...framework("Astro", {
    ...{ folder: "astro", tools: ["astro", "vite"], shared: "src", note: NO_TEMPLATE },
    // The server has imported the package, too.
    rendered: 'data-webauthn-on-the-server="false"',
    dev: { serves: { script: "dev", args: listen } },
    built: { builds: ["check", "build"], serves: "dist" },
  }),
  ...framework("TanStack Start", {
    ...{
      folder: "tanstack-start",
      template: "tanstack",
      node: NODE,
      tools: ["@tanstack/react-start", "react", "vite"],
    },
    ...{ shared: "src", typed: true, files: ["react-vite/src/Passkeys.tsx"], rendered },
    dev: { serves: { script: "dev", args: listen } },
    built: { builds: ["build"], serves: { script: "preview", args: listen } },
  }),
  ...framework("Rsbuild", {
    ...{ folder: "rsbuild", template: "rsbuild", tools: ["@rsbuild/core", "react"], shared: "src", typed: true },
    ...{ files: ["react-vite/src/Passkeys.tsx"], note: "By `create-rsbuild` 2.2.5: 2.2.9 could not be installed." },
    dev: { serves: { script: "dev", args: listen } },
    built: { builds: ["build"], serves: "dist" },
  }),
  ...framework("Bun", {
    ...{ folder: "bun-build", tools: ["bun"], shared: "src" },
    dev: { serves: { script: "dev", args: (port) => ["--hostname", "127.0.0.1", "--port", port] } },
    built: { builds: ["build"], serves: "dist" },
    copied: { builds: ["build:production", "copy"], note: COPIED },
  }),
  {
    name: "Vitest 5 with jsdom",
    folder: "testing-browser",
    tools: ["vitest", "jsdom", "node"],
    files: VITEST_TESTS,
    suite: "jsdom",
  },
  {
    name: "Vitest 5 in its browser mode",
    folder: "testing-browser",
    tools: ["vitest", "@vitest/browser-playwright", "playwright"],
    files: VITEST_TESTS,
    suite: "browser",
  },
  runtime("Node.js 22, import", "node-22", "node-22"),
  runtime("Node.js 22, require", "node-22", "node-22-require"),
  runtime("Node.js 24, import", "node-24", "node-24"),
  runtime("Node.js 24, require", "node-24", "node-24-require"),
  runtime("Deno, import", "deno", "deno"),
  runtime("Bun, import", "bun", "bun"),
  runtime("Bun, require", "bun", "bun-require"),
].map((consumer) => ({ ...consumer, extended: true }));
