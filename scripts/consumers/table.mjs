// The projects that use the package: their tools, and how to build and serve them.
//
// Properties of an entry:
//   folder      under tests/consumers/
//   template    the script of tests/consumers/creators/ that makes the project, to which the files of the folder are added
//   edits       what the quick start tells to insert into a file of the template
//   tools       the npm packages whose versions the table of results shows
//   shared      where to copy the files of tests/consumers/shared/
//   typed       whether to copy those in TypeScript, rather than those in JavaScript
//   builds      the npm scripts that build it
//   serves      the folder to serve, or the npm script that starts the tool's server, with its arguments for a port
//   proxies     whether the tool's server passes the requests to the backend on, as the quick start configures it
//   url         whether to import `webauthn-result/url` instead
//   emptyCache  a folder that the tool expects
//   reloads     the path of a page that asks for the outcome of a transaction when it starts
//   pushes      the path of a page that sends a push
//   rendered    what the server's HTML must contain
//   files       files of other consumers to copy, to where `shared` is
//   suite       the npm script that runs the project's own tests of its pages
//   program     the npm script to run, for a program instead of a page
//   server      the npm script that runs the checks of push and TOTP on a server; its `-build` is one of `builds`
//   node        the version of Node to add to a template, for its scripts
//   inlined     whether `webauthn-result/url` has the module inside: in tools that resolve the condition `development`
//   extended    whether only `-- all` and a name in the command run it
//   note        what the table says of its project

import { MORE_CONSUMERS } from "./table-all.mjs";

const builtPage = { shared: "src", builds: ["build"], serves: "." };
const viteBuild = { tools: ["vite"], shared: "src", builds: ["build"], serves: "dist" };
const viteServer = { tools: ["vite"], shared: "src", serves: { script: "dev", args: viteArgs } };
const nextServer = {
  template: "next",
  edits: [
    {
      file: "next.config.ts",
      after: "const nextConfig: NextConfig = {",
      text: `
  rewrites: async () => [{ source: "/api/:path*", destination: "http://localhost:4000/api/:path*" }],`,
    },
  ],
  proxies: true,
  tools: ["next", "react"],
  shared: "app",
  typed: true,
  // Next.js warns if this folder is missing, but only on CI.
  emptyCache: ".next/cache",
  builds: ["lint", "build"],
  serves: { script: "start", args: (port) => ["--hostname", "127.0.0.1", "--port", port] },
  rendered: "Create a passkey</button>",
};

function viteArgs(port) {
  return ["--host", "127.0.0.1", "--port", port, "--strictPort"];
}

const react = { template: "react", tools: ["react", "vite"], builds: ["lint", "build"] };
const vue = { template: "vue", tools: ["vue", "vite"], builds: ["build"] };
const svelte = { template: "svelte", tools: ["svelte", "vite"], builds: ["check", "build"] };

/** A framework's page with the development server, and built. */
const page = (name, folder, { builds, ...framework }, ofServer) => [
  { name: `${name}, dev server`, folder, typed: true, ...viteServer, ...framework, ...ofServer },
  { name: `${name}, build`, folder, typed: true, ...viteBuild, ...framework, builds },
];

/** The tests of a framework's bindings, with its newest version and with the oldest of `peerDependencies`. */
const bindings = (name, framework) => [
  { name: `${name}, tests`, folder: "bindings", tools: [framework, "jsdom"], suite: framework },
  {
    name: `${name}, tests with the oldest version`,
    folder: "bindings-oldest",
    files: BINDING_TESTS,
    tools: [framework, "jsdom"],
    suite: framework,
  },
];

const BINDING_TESTS = [
  ...["react-server.test.mjs", "hooks.test.mjs", "vue-server.test.mjs", "composables.test.mjs"],
  ...["svelte-server.test.mjs", "stores.test.mjs", "svelte-component.mjs", "page.mjs"],
].map((name) => `bindings/${name}`);

const server = (script, tool, more) => ({ folder: "servers", tools: [tool], server: script, ...more });

export const CONSUMERS = [
  { name: "Vite, dev server", folder: "vite", ...viteServer },
  { name: "Vite, dev server, webauthn-result/url", folder: "vite", url: true, inlined: true, ...viteServer },
  { name: "Vite, build", folder: "vite", ...viteBuild },
  { name: "Vite, build, webauthn-result/url", folder: "vite", url: true, ...viteBuild },
  ...page("React with Vite", "react-vite", react, { proxies: true, reloads: "/sign-in.html" }),
  ...page(
    "Hooks of React",
    "react-bindings",
    { ...react, files: ["react-vite/src/main.tsx"] },
    { pushes: "/push.html" },
  ),
  ...bindings("Hooks of React", "react"),
  ...page("Vue with Vite", "vue-vite", vue, { proxies: true }),
  ...page("Composables of Vue", "vue-bindings", { ...vue, files: ["vue-vite/src/main.ts"] }, { pushes: "/push.html" }),
  ...bindings("Composables of Vue", "vue"),
  ...page("Svelte with Vite", "svelte-vite", svelte, { proxies: true }),
  ...page(
    "Stores of Svelte",
    "svelte-bindings",
    { ...svelte, files: ["svelte-vite/src/main.ts"] },
    { pushes: "/push.html" },
  ),
  ...bindings("Stores of Svelte", "svelte"),
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
  ...MORE_CONSUMERS,
];
