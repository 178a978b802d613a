// The projects that use the package: their tools, and how to build and serve them.
//
// Properties of an entry:
//   folder      under tests/consumers/
//   tools       the npm packages whose versions the table of results shows
//   shared      where to copy the files of tests/consumers/shared/
//   typed       whether to copy those in TypeScript, rather than those in JavaScript
//   builds      the npm scripts that build it
//   serves      the folder to serve, or the npm script that starts the tool's server, with its arguments for a port
//   url         whether to import `webauthn-result/url` instead
//   emptyCache  a folder that the tool expects
//   reloads     the path of a page that asks for the outcome of a transaction when it starts
//   rendered    what the server's HTML must contain
//   files       files of other consumers to copy, to where `shared` is
//   suite       the npm script that runs the project's own tests of its pages
//   program     the npm script to run, for a program instead of a page
//   server      the npm script that runs the checks of push and TOTP on a server; its `-build` is one of `builds`

const builtPage = { shared: "src", builds: ["build"], serves: "." };
const viteBuild = { tools: ["vite"], shared: "src", builds: ["build"], serves: "dist" };
const viteServer = { tools: ["vite"], shared: "src", serves: { script: "dev", args: viteArgs } };
const nextServer = {
  tools: ["next", "react"],
  shared: "app",
  typed: true,
  // Next.js warns if this folder is missing, but only on CI.
  emptyCache: ".next/cache",
  builds: ["build"],
  serves: { script: "start", args: (port) => ["--hostname", "127.0.0.1", "--port", port] },
  rendered: "Create a passkey</button>",
};

function viteArgs(port) {
  return ["--host", "127.0.0.1", "--port", port, "--strictPort"];
}

const server = (script, tool, more) => ({ folder: "servers", tools: [tool], server: script, ...more });

export const CONSUMERS = [
  { name: "Vite, dev server", folder: "vite", ...viteServer },
  { name: "Vite, dev server, webauthn-result/url", folder: "vite", url: true, ...viteServer },
  { name: "Vite, build", folder: "vite", ...viteBuild },
  { name: "Vite, build, webauthn-result/url", folder: "vite", url: true, ...viteBuild },
  {
    name: "React with Vite, dev server",
    folder: "react-vite",
    typed: true,
    ...viteServer,
    tools: ["react", "vite"],
    reloads: "/sign-in.html",
  },
  { name: "React with Vite, build", folder: "react-vite", typed: true, ...viteBuild, tools: ["react", "vite"] },
  {
    name: "Hooks of React, dev server",
    folder: "react-bindings",
    typed: true,
    ...viteServer,
    tools: ["react", "vite"],
  },
  { name: "Hooks of React, build", folder: "react-bindings", typed: true, ...viteBuild, tools: ["react", "vite"] },
  { name: "Hooks of React, tests", folder: "react-bindings", tools: ["react", "jsdom"], suite: "test" },
  { name: "Vue with Vite, dev server", folder: "vue-vite", typed: true, ...viteServer, tools: ["vue", "vite"] },
  { name: "Vue with Vite, build", folder: "vue-vite", typed: true, ...viteBuild, tools: ["vue", "vite"] },
  {
    name: "Composables of Vue, dev server",
    folder: "vue-bindings",
    typed: true,
    ...viteServer,
    tools: ["vue", "vite"],
  },
  { name: "Composables of Vue, build", folder: "vue-bindings", typed: true, ...viteBuild, tools: ["vue", "vite"] },
  { name: "Composables of Vue, tests", folder: "vue-bindings", tools: ["vue", "jsdom"], suite: "test" },
  {
    name: "Svelte with Vite, dev server",
    folder: "svelte-vite",
    typed: true,
    ...viteServer,
    tools: ["svelte", "vite"],
  },
  { name: "Svelte with Vite, build", folder: "svelte-vite", typed: true, ...viteBuild, tools: ["svelte", "vite"] },
  {
    name: "Stores of Svelte, dev server",
    folder: "svelte-bindings",
    typed: true,
    ...viteServer,
    tools: ["svelte", "vite"],
  },
  { name: "Stores of Svelte, build", folder: "svelte-bindings", typed: true, ...viteBuild, tools: ["svelte", "vite"] },
  { name: "Stores of Svelte, tests", folder: "svelte-bindings", tools: ["svelte"], suite: "test" },
  { name: "webpack", folder: "webpack", tools: ["webpack"], ...builtPage },
  { name: "webpack, webauthn-result/url", folder: "webpack", tools: ["webpack"], url: true, ...builtPage },
  { name: "Rollup, ES module", folder: "rollup", tools: ["rollup", "@rollup/plugin-node-resolve"], ...builtPage },
  {
    name: "Rollup, iife",
    folder: "rollup",
    tools: ["rollup", "@rollup/plugin-node-resolve"],
    ...builtPage,
    builds: ["build:iife"],
  },
  { name: "esbuild", folder: "esbuild", tools: ["esbuild"], ...builtPage },
  { name: "Parcel", folder: "parcel", tools: ["parcel"], ...builtPage, serves: "dist" },
  { name: "Parcel, webauthn-result/url", folder: "parcel", tools: ["parcel"], url: true, ...builtPage, serves: "dist" },
  { name: "Next.js", folder: "next", ...nextServer },
  { name: "Next.js, webauthn-result/url", folder: "next", url: true, ...nextServer },
  { name: "No bundler", folder: "plain-module", tools: [], shared: ".", serves: "." },
  { name: "No bundler, webauthn-result/url", folder: "plain-module", tools: [], shared: ".", serves: ".", url: true },
  { name: "Classic script", folder: "classic-script", tools: [], serves: "." },
  { name: "Vitest with jsdom", folder: "testing-vitest", tools: ["vitest", "jsdom", "msw"], suite: "jsdom" },
  {
    name: "Vitest with happy-dom",
    folder: "testing-vitest",
    tools: ["vitest", "happy-dom", "msw"],
    suite: "happy-dom",
  },
  { name: "Vitest with MSW 3", folder: "testing-vitest", tools: ["vitest", "msw-3", "node-24"], suite: "msw-3" },
  {
    name: "Vitest with React",
    folder: "testing-react",
    tools: ["vitest", "react", "jsdom"],
    shared: "src",
    typed: true,
    files: ["react-vite/src/Passkeys.tsx"],
    builds: ["check"],
    suite: "test",
  },
  { name: "Jest with jsdom", folder: "testing-jest", tools: ["jest", "jest-environment-jsdom"], suite: "test" },
  {
    name: "Jest with jest-fixed-jsdom",
    folder: "testing-jest",
    tools: ["jest", "jest-fixed-jsdom"],
    suite: "fixed-jsdom",
  },
  {
    name: "Playwright",
    folder: "testing-playwright",
    tools: ["@playwright/test"],
    shared: ".",
    files: ["plain-module/index.html", "plain-module/main.js"],
    suite: "test",
  },
  {
    name: "Storybook",
    folder: "testing-storybook",
    tools: ["storybook", "vite"],
    files: [
      ...["sign-in.js", "text.js"].map((name) => `testing-vitest/${name}`),
      "testing-playwright/playwright.config.js",
    ],
    builds: ["build"],
    suite: "test",
  },
  { name: "Node.js, import", folder: "node-esm", tools: ["node"], program: "start" },
  { name: "Node.js, require", folder: "node-cjs", tools: ["node"], program: "start" },
  // The oldest version in `engines` of package.json, which the project installs.
  { name: "Node.js 18, import", folder: "node-18", tools: ["node"], files: ["node-esm/main.mjs"], program: "import" },
  { name: "Node.js 18, require", folder: "node-18", tools: ["node"], files: ["node-cjs/main.cjs"], program: "require" },
  { name: "Node.js 18, push and TOTP on a server", ...server("node-18", "node-18") },
  { name: "Node.js 18, require, push and TOTP on a server", ...server("node-18-require", "node-18") },
  { name: "Node.js 20, push and TOTP on a server", ...server("node-20", "node-20") },
  { name: "Node.js 22, push and TOTP on a server", ...server("node-22", "node-22") },
  { name: "Node.js 24, push and TOTP on a server", ...server("node-24", "node-24") },
  { name: "Deno, push and TOTP on a server", ...server("deno", "deno") },
  { name: "Bun, push and TOTP on a server", ...server("bun", "bun") },
  { name: "workerd, push and TOTP on a server", ...server("workerd", "workerd", { builds: ["workerd-build"] }) },
];
