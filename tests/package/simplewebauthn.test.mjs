// `webauthn-result/simplewebauthn` as it is published: it loads without side effects on a server, throws there, and shares the module
// of the page's own import.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";

import { build } from "esbuild";

import { pack, unpack } from "../../scripts/consumers/tarball.mjs";

const execute = promisify(execFile);
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "webauthn-result-simplewebauthn-"));
  await unpack((await pack(folder)).file, join(folder, "node_modules/webauthn-result"));
});
after(() => rm(folder, { recursive: true, force: true }));

const run = async (name, text) => {
  const file = join(folder, name);
  await writeFile(file, text);
  return (await execute(process.execPath, [file], { timeout: 20_000 })).stdout;
};

const USE = `
Promise.all([
  browserSupportsWebAuthn(),
  browserSupportsWebAuthnAutofill(),
  platformAuthenticatorIsAvailable(),
  WebAuthnAbortService.cancelCeremony(),
  ...[startAuthentication, startRegistration].map((start) =>
    start({ optionsJSON: {} }).catch(({ name, result }) => [name, result.code.statusCode]),
  ),
]).then((seen) => console.log(JSON.stringify(seen)));
`;
const NAMES =
  "{ browserSupportsWebAuthn, browserSupportsWebAuthnAutofill, platformAuthenticatorIsAvailable, startAuthentication, startRegistration, WebAuthnAbortService }";
const SEEN = `${JSON.stringify([false, false, false, null, ["Error", "error-0005"], ["Error", "error-1005"]])}\n`;

describe("on a server it says that there is no WebAuthn", () => {
  test("imported", async () => {
    assert.equal(await run("import.mjs", `import ${NAMES} from "webauthn-result/simplewebauthn";${USE}`), SEEN);
  });

  test("required", async () => {
    assert.equal(await run("require.cjs", `const ${NAMES} = require("webauthn-result/simplewebauthn");${USE}`), SEEN);
  });
});

test("required, it uses the instance of `webauthn-result` that require() returns", async () => {
  const text = `require("webauthn-result/simplewebauthn");
    console.log(Object.keys(require.cache).filter((path) => /index\\.c?js$/.test(path)).map((path) => path.slice(-9)).join());`;
  assert.equal(await run("instance.cjs", text), "index.cjs\n");
});

test("a bundle of both has one module, and less than 4 KB more", async () => {
  const bundled = async (contents) => {
    const stdin = { contents, resolveDir: folder };
    const { outputFiles } = await build({ stdin, bundle: true, format: "esm", write: false, minify: true });
    return outputFiles[0].text;
  };
  const modulesIn = (text) => text.split("WebAssembly.compile").length - 1;
  const alone = await bundled('export * from "webauthn-result";');
  const both = await bundled('export * from "webauthn-result"; export * from "webauthn-result/simplewebauthn";');
  assert.ok(modulesIn(alone) > 0);
  assert.equal(modulesIn(both), modulesIn(alone));
  assert.ok(both.length - alone.length < 4_000, `${both.length - alone.length} more`);
});
