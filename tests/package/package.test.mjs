// What is published: exactly these files, resolvable by every tool, and bundles contain only what they import.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { after, before, describe, test } from "node:test";

import nodeResolve from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { publint } from "publint";
import { rollup } from "rollup";

import { pack, unpack } from "../../scripts/consumers/tarball.mjs";
import { anchorsOf, isRelative, linksOf, replaceLinks } from "../../scripts/markdown.mjs";
import { root } from "../../scripts/run.mjs";

const FILES = [
  "CHANGELOG.md",
  "LICENSE-APACHE",
  "LICENSE-MIT",
  "README.md",
  "SECURITY.md",
  "THIRD-PARTY-NOTICES.md",
  "autofill/package.json",
  "cause/package.json",
  "ciba/fallback/package.json",
  "ciba/package.json",
  "create-autofill/package.json",
  "docs/api.md",
  "docs/examples/backend.mjs",
  "docs/examples/backend/cloud.mjs",
  "docs/examples/backend/expiring-map.mjs",
  "docs/examples/backend/routes.mjs",
  "docs/examples/backend/sessions.mjs",
  "docs/examples/backend/settings.mjs",
  "docs/examples/backend/server.mjs",
  "docs/examples/backend/transactions.mjs",
  "docs/examples/ci/end-to-end.sh",
  "docs/examples/ci/end-to-end.yml",
  "docs/examples/ci/wait.sh",
  "docs/examples/ciba/access-denied.mjs",
  "docs/examples/ciba/client.mjs",
  "docs/examples/ciba/connection-failed.mjs",
  "docs/examples/ciba/continue-waiting.mjs",
  "docs/examples/ciba/expired-token.mjs",
  "docs/examples/ciba/fallback.mjs",
  "docs/examples/ciba/friendly-errors.mjs",
  "docs/examples/ciba/invalid-code.mjs",
  "docs/examples/ciba/logging.mjs",
  "docs/examples/ciba/network-timeout.mjs",
  "docs/examples/ciba/retry.mjs",
  "docs/examples/ciba/safe-authenticate.mjs",
  "docs/examples/ciba/too-many-retries.mjs",
  "docs/examples/ciba-relay-server.mjs",
  "docs/examples/ciba-relay.mjs",
  "docs/examples/ciba-relay/addresses.mjs",
  "docs/examples/ciba-relay/anonymous-sessions.mjs",
  "docs/examples/ciba-relay/client-authentication.mjs",
  "docs/examples/ciba-relay/cookies.mjs",
  "docs/examples/ciba-relay/json-requests.mjs",
  "docs/examples/ciba-relay/pending-requests.mjs",
  "docs/examples/ciba-relay/provider.mjs",
  "docs/examples/ciba-relay/rate-limit.mjs",
  "docs/examples/own-server.mjs",
  "docs/examples/own-server/page.js",
  "docs/examples/own-server/routes.mjs",
  "docs/examples/own-server/users.mjs",
  "docs/examples/platform/platform.js",
  "explain/package.json",
  "fallback/package.json",
  "package.json",
  "pkg/README.md",
  "pkg/autofill.cjs",
  "pkg/autofill.d.cts",
  "pkg/autofill.d.ts",
  "pkg/autofill.js",
  "pkg/bindings.d.cts",
  "pkg/cause.cjs",
  "pkg/cause.d.cts",
  "pkg/cause.d.ts",
  "pkg/cause.js",
  "pkg/ciba-node.cjs",
  "pkg/ciba-node.js",
  "pkg/ciba-fallback.d.ts",
  "pkg/ciba-fallback.js",
  "pkg/ciba-results.d.cts",
  "pkg/ciba-workerd.js",
  "pkg/ciba.cjs",
  "pkg/ciba.d.cts",
  "pkg/ciba.d.ts",
  "pkg/ciba.fallback.js",
  "pkg/ciba.js",
  "pkg/ciba.wasm",
  "pkg/create-autofill.cjs",
  "pkg/create-autofill.d.cts",
  "pkg/create-autofill.d.ts",
  "pkg/create-autofill.js",
  "pkg/explain.cjs",
  "pkg/explain.d.cts",
  "pkg/explain.d.ts",
  "pkg/explain.js",
  "pkg/fallback.d.ts",
  "pkg/fallback.js",
  "pkg/index.cjs",
  "pkg/index.d.cts",
  "pkg/index.d.ts",
  "pkg/index.js",
  "pkg/options.d.cts",
  "pkg/own-server.d.cts",
  "pkg/passkeys.cjs",
  "pkg/passkeys.d.cts",
  "pkg/passkeys.d.ts",
  "pkg/passkeys.js",
  "pkg/react-push.cjs",
  "pkg/react-push.d.cts",
  "pkg/react-push.d.ts",
  "pkg/react-push.js",
  "pkg/react.cjs",
  "pkg/react.d.cts",
  "pkg/react.d.ts",
  "pkg/react.js",
  "pkg/results.d.cts",
  "pkg/script.d.ts",
  "pkg/settings.d.cts",
  "pkg/simplewebauthn.cjs",
  "pkg/simplewebauthn.d.cts",
  "pkg/simplewebauthn.d.ts",
  "pkg/simplewebauthn.js",
  "pkg/svelte-push.cjs",
  "pkg/svelte-push.d.cts",
  "pkg/svelte-push.d.ts",
  "pkg/svelte-push.js",
  "pkg/svelte.cjs",
  "pkg/svelte.d.cts",
  "pkg/svelte.d.ts",
  "pkg/svelte.js",
  "pkg/testing.cjs",
  "pkg/testing.d.cts",
  "pkg/testing.d.ts",
  "pkg/testing.js",
  "pkg/url.d.ts",
  "pkg/url.js",
  "pkg/vue-push.cjs",
  "pkg/vue-push.d.cts",
  "pkg/vue-push.d.ts",
  "pkg/vue-push.js",
  "pkg/vue.cjs",
  "pkg/vue.d.cts",
  "pkg/vue.d.ts",
  "pkg/vue.js",
  "pkg/webauthn-result.fallback.js",
  "pkg/webauthn-result.script.js",
  "pkg/webauthn-result.wasm",
  "passkeys/package.json",
  "react/package.json",
  "react/push/package.json",
  "script/package.json",
  "simplewebauthn/package.json",
  "svelte/package.json",
  "svelte/push/package.json",
  "testing/package.json",
  "url/package.json",
  "vue/package.json",
  "vue/push/package.json",
];

let folder, tarball, installed;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "webauthn-result-package-"));
  tarball = await pack(folder);
  installed = join(folder, "node_modules/webauthn-result");
  await unpack(tarball.file, installed);
});

after(() => rm(folder, { recursive: true, force: true }));

test("the tarball contains what users need and nothing else", async () => {
  // Every page is published.
  const pages = (await readdir(join(root, "docs"))).filter((name) => /\.(md|svg)$/.test(name));
  const expected = new Set([...FILES, ...pages.map((name) => `docs/${name}`)]);
  assert.deepEqual([...tarball.names].sort(), [...expected].sort());
});

test("each file equals the one in the repository or in pkg/, except for links and package.json", async () => {
  const withoutLinks = (text) => replaceLinks(text, ({ text }) => text);
  for (const name of tarball.names.filter((path) => !path.endsWith("package.json"))) {
    const [packed, here] = await Promise.all([installed, root].map((folder) => readFile(join(folder, name))));
    if (name.endsWith(".md")) assert.equal(withoutLinks(packed.toString()), withoutLinks(here.toString()), name);
    else assert.ok(packed.equals(here), name);
  }
});

test("every relative link on every page has a target in the tarball", async () => {
  const broken = [];
  let followed = 0;
  for (const path of tarball.names.filter((name) => name.endsWith(".md"))) {
    for (const target of linksOf(await readFile(join(installed, path), "utf8")).filter(isRelative)) {
      const [file, anchor] = target.split("#");
      const other = file ? posix.join(posix.dirname(path), file) : path;
      followed++;
      if (!tarball.names.includes(other)) broken.push(`${path}: ${target}`);
      else if (anchor && !anchorsOf(await readFile(join(installed, other), "utf8")).includes(anchor))
        broken.push(`${path}: ${target}`);
    }
  }
  assert.deepEqual(broken, []);
  assert.ok(followed > 100, `only ${followed} links`);
});

test("webauthn-result/url is the default entry for development, whose tools do not all copy the .wasm file", async () => {
  const resolve = async (...flags) => {
    const code = 'console.log(import.meta.resolve("webauthn-result/url"))';
    const child = spawn(process.execPath, [...flags, "--input-type=module", "-e", code], { cwd: folder });
    const [output] = await Promise.all([child.stdout.setEncoding("utf8").toArray(), once(child, "close")]);
    return output.join("").trim().split("/").at(-1);
  };
  assert.equal(await resolve("--conditions=development"), "index.js");
  assert.equal(await resolve(), "url.js");
});

test("the file for pages has no code that only a server needs, and no import of Node's", async () => {
  const SERVER = /node:crypto|subtle|client_assertion|importKey|btoa/;
  for (const name of ["ciba.js", "ciba.cjs"])
    assert.doesNotMatch(await readFile(join(installed, "pkg", name), "utf8"), SERVER, name);
  assert.match(await readFile(join(installed, "pkg/ciba-node.js"), "utf8"), SERVER);
});

test("pkg/README.md lists exactly the files of pkg/", async () => {
  const text = await readFile(join(installed, "pkg/README.md"), "utf8");
  const named = [...text.matchAll(/`([\w.-]+\.(?:js|cjs|d\.ts|d\.cts|wasm))`/g)].map(([, name]) => name);
  const built = tarball.names.filter((name) => dirname(name) === "pkg" && name !== "pkg/README.md");
  assert.deepEqual([...new Set(named)].sort(), built.map((name) => name.slice("pkg/".length)).sort());
});

test("package.json has no script, no development dependency and no empty field", async () => {
  const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  for (const field of ["private", "scripts", "devDependencies", "files"]) assert.ok(!(field in manifest), field);
  for (const [field, value] of Object.entries(manifest)) assert.ok(value, field);
  assert.deepEqual(manifest.engines, { node: ">=18" });
});

test("no file contains the path of its build", async () => {
  for (const name of tarball.names) {
    const content = await readFile(join(installed, name), "latin1");
    for (const place of [`${homedir()}/`, root, ".cargo", ".rustup"])
      assert.ok(!content.includes(place), `${name} has ${place}`);
  }
});

// In the text encoding of the module, letters and colons are unchanged.
test("no file contains the names of the module's functions", async () => {
  for (const name of tarball.names.filter((name) => /\.(js|cjs|wasm)$/.test(name))) {
    const content = await readFile(join(installed, name), "latin1");
    const found = content.match(/drop_in_place|(core|alloc|std|wasm_bindgen|webauthn_result)(\[\w+\])?::/);
    assert.ok(!found, `${name} has ${found?.[0]}`);
  }
  const module = new WebAssembly.Module(await readFile(join(installed, "pkg/webauthn-result.wasm")));
  assert.deepEqual(WebAssembly.Module.customSections(module, "name"), []);
});

test("publint reports nothing", async () => {
  const { buffer, byteOffset, byteLength } = await readFile(tarball.file);
  const { messages } = await publint({ pack: { tarball: buffer.slice(byteOffset, byteOffset + byteLength) } });
  assert.deepEqual(messages, []);
});

test("every module resolution of TypeScript finds the right types", async () => {
  const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
  // To a file: it exits before a pipe has taken all of it.
  const report = join(folder, "attw.json");
  const output = await open(report, "w");
  const child = spawn(
    process.execPath,
    // Nobody imports a WebAssembly module from TypeScript.
    [attw, tarball.file, "--format=json", "--no-definitely-typed"].concat([
      "--exclude-entrypoints",
      "./webauthn-result.wasm",
    ]),
    { stdio: ["ignore", output.fd, "inherit"] },
  );
  await once(child, "close");
  await output.close();
  assert.deepEqual(JSON.parse(await readFile(report, "utf8")).analysis.problems, [
    // Loaded with import() in either kind of module, never with require.
    { kind: "CJSResolvesToESM", entrypoint: "./ciba/fallback", resolutionKind: "node16-cjs" },
    // This entry uses `import.meta.url`, which only ES modules have.
    { kind: "CJSResolvesToESM", entrypoint: "./url", resolutionKind: "node16-cjs" },
    // Loaded with import() in either kind of module, never with require.
    { kind: "CJSResolvesToESM", entrypoint: "./fallback", resolutionKind: "node16-cjs" },
    // A classic script, which nobody imports: its types are a global.
    { kind: "CJSResolvesToESM", entrypoint: "./script", resolutionKind: "node16-cjs" },
  ]);
});

describe("a bundle contains only what it imports", () => {
  const BUNDLERS = {
    esbuild: async (file) => {
      const { outputFiles } = await esbuild.build({
        entryPoints: [file],
        bundle: true,
        format: "esm",
        write: false,
        logLevel: "silent",
      });
      return outputFiles[0].text;
    },
    Rollup: async (file) => {
      const bundle = await rollup({ input: file, plugins: [nodeResolve()] });
      const { output } = await bundle.generate({ format: "es" });
      await bundle.close();
      return output[0].code;
    },
  };

  for (const [name, bundle] of Object.entries(BUNDLERS)) {
    const bundled = async (source) => {
      const file = join(folder, "app.js");
      await writeFile(file, source);
      return bundle(file);
    };

    test(`${name}: explain() alone includes nothing of the module`, async () => {
      const text = await bundled(
        'import { explain } from "webauthn-result/explain";\nconsole.log(explain("approved").title);\n',
      );
      assert.match(text, /Thank you, your confirmation has arrived/);
      assert.doesNotMatch(text, /WebAssembly|navigator\.credentials/);
    });

    test(`${name}: an unused explain() includes nothing`, async () => {
      const text = await bundled('import { explain } from "webauthn-result/explain";\nconsole.log("app");\n');
      assert.ok(text.length < 100, text.slice(0, 1000));
    });

    test(`${name}: an unused import for tests includes nothing, and no other entry has any of it`, async () => {
      const FAKE = /fake-token|fakePasskeys|addVirtualAuthenticator/;
      assert.match(await bundled('import { fakeCloud } from "webauthn-result/testing";\nfakeCloud();\n'), FAKE);
      const unused = await bundled('import { results } from "webauthn-result/testing";\nconsole.log("app");\n');
      assert.ok(unused.length < 100, unused.slice(0, 1000));
      for (const entry of [
        "webauthn-result",
        "webauthn-result/cause",
        "webauthn-result/explain",
        "webauthn-result/ciba",
      ])
        assert.doesNotMatch(await bundled(`import * as all from "${entry}";\nconsole.log(all);\n`), FAKE, entry);
    });

    test(`${name}: the texts for a code include no module`, async () => {
      const text = await bundled(
        'import { getUserFriendlyError } from "webauthn-result/ciba";\nconsole.log(getUserFriendlyError("timeout"));\n',
      );
      assert.match(text, /Please ensure your phone is nearby/);
      assert.doesNotMatch(text, /WebAssembly\.compile/);
    });

    test(`${name}: a page that imports only passkeys includes nothing of push and TOTP`, async () => {
      const text = await bundled(
        'import { authenticate } from "webauthn-result";\nimport "webauthn-result/ciba";\nconsole.log(authenticate);\n',
      );
      assert.doesNotMatch(text, /initiateAppApproval|auth_req_id/);
    });

    test(`${name}: the import includes the module, whichever functions are used`, async () => {
      for (const entry of ["webauthn-result", "webauthn-result/url"])
        assert.match(await bundled(`import "${entry}";\n`), /WebAssembly\.compile/, entry);
    });
  }
});
