// Which projects take the package, with which tool, and how each is brought into a browser.
//
// Members of an entry:
//   folder    under tests/consumers/
//   tool      the npm package whose version the table of results shows
//   shared    where the files of tests/consumers/shared/ go
//   builds    npm scripts to run
//   serves    the folder to serve, or the npm script of the tool's own server with its arguments for a port
//   url       the import is changed to `webauthn-result/url`
//   rendered  what the server's HTML must hold
//   program   not a page but a program: the npm script to run

const builtPage = { shared: "src", builds: ["build"], serves: "." };
const viteBuild = { tool: "vite", shared: "src", builds: ["build"], serves: "dist" };
const viteServer = { tool: "vite", shared: "src", serves: { script: "dev", args: viteArgs } };
const nextServer = {
  tool: "next",
  shared: "app",
  builds: ["build"],
  serves: { script: "start", args: (port) => ["--hostname", "127.0.0.1", "--port", port] },
  rendered: "Create a passkey</button>",
};

function viteArgs(port) {
  return ["--host", "127.0.0.1", "--port", port, "--strictPort"];
}

export const CONSUMERS = [
  { name: "Vite, dev server", folder: "vite", ...viteServer },
  { name: "Vite, build", folder: "vite", ...viteBuild },
  { name: "Vite, build, webauthn-result/url", folder: "vite", url: true, ...viteBuild },
  { name: "React with Vite, dev server", folder: "react-vite", ...viteServer, tool: "react" },
  { name: "React with Vite, build", folder: "react-vite", ...viteBuild, tool: "react" },
  { name: "Vue with Vite, dev server", folder: "vue-vite", ...viteServer, tool: "vue" },
  { name: "Vue with Vite, build", folder: "vue-vite", ...viteBuild, tool: "vue" },
  { name: "Svelte with Vite, dev server", folder: "svelte-vite", ...viteServer, tool: "svelte" },
  { name: "Svelte with Vite, build", folder: "svelte-vite", ...viteBuild, tool: "svelte" },
  { name: "webpack", folder: "webpack", tool: "webpack", ...builtPage },
  { name: "webpack, webauthn-result/url", folder: "webpack", tool: "webpack", url: true, ...builtPage },
  { name: "Rollup, ES module", folder: "rollup", tool: "rollup", ...builtPage },
  { name: "Rollup, iife", folder: "rollup", tool: "rollup", ...builtPage, builds: ["build:iife"] },
  { name: "esbuild", folder: "esbuild", tool: "esbuild", ...builtPage },
  { name: "Parcel", folder: "parcel", tool: "parcel", ...builtPage, serves: "dist" },
  { name: "Parcel, webauthn-result/url", folder: "parcel", tool: "parcel", url: true, ...builtPage, serves: "dist" },
  { name: "Next.js", folder: "next", ...nextServer },
  { name: "Next.js, webauthn-result/url", folder: "next", url: true, ...nextServer },
  { name: "No bundler", folder: "plain-module", shared: ".", serves: "." },
  { name: "No bundler, webauthn-result/url", folder: "plain-module", shared: ".", serves: ".", url: true },
  { name: "Classic script", folder: "classic-script", serves: "." },
  { name: "Node.js, import", folder: "node-esm", tool: "node", program: "start" },
  { name: "Node.js, require", folder: "node-cjs", tool: "node", program: "start" },
];
