// The relay's program as an adopter copies it: without the rest of the repository, and without any package.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, before, test } from "node:test";

import { root } from "../../scripts/run.mjs";
import { serve, startServer } from "./support/processes.mjs";

const EXAMPLES = ["ciba-relay.mjs", "ciba-relay", "ciba-relay-server.mjs"];

let folder, program, env;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "webauthn-result-adopter-"));
  program = join(folder, "ciba-relay-server.mjs");
  for (const name of EXAMPLES) await cp(join(root, "docs/examples", name), join(folder, name), { recursive: true });
  await mkdir(join(folder, "page/style"), { recursive: true });
  await writeFile(join(folder, "page/index.html"), "<!doctype html><title>Page</title>");
  await writeFile(join(folder, "page/style/base.css"), "a{}");
  await writeFile(join(folder, "page/notes.txt"), "not of the page");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await writeFile(join(folder, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  env = {
    PORT: "0",
    PAGE_FOLDER: join(folder, "page"),
    AUTHSEC_URL: "https://authsec.example",
    CIBA_CLIENT_ID: "a-client",
    CIBA_CLIENT_SECRET: "a-secret",
  };
});
after(() => rm(folder, { recursive: true, force: true }));

/** Starts the program, and resolves to its address. */
const start = async (t, more) => {
  const server = await startServer(process.execPath, [program], { ...env, ...more });
  t.after(() => server.stop());
  return /http:\S+/.exec(server.log())[0];
};

/** The path as it is: fetch() would resolve its dots. */
const get = async (origin, path) => {
  const response = await new Promise((resolve, reject) =>
    httpRequest({ host: "127.0.0.1", port: new URL(origin).port, path }, resolve)
      .on("error", reject)
      .end(),
  );
  return { status: response.statusCode, headers: response.headers, text: String(await buffer(response)) };
};

test("a secret needs no package: the page starts a session, and its requests are passed on", async (t) => {
  const received = [];
  const authsec = await serve((request, response) => {
    received.push(request.url);
    response.setHeader("Content-Type", "application/json").end('{"success":true,"token":"TOKEN"}');
  });
  t.after(() => authsec.stop());
  const origin = await start(t, { AUTHSEC_URL: authsec.origin });
  const page = await fetch(`${origin}/?from=mail`);
  assert.match(await page.text(), /<title>Page/);
  const [cookie] = page.headers.getSetCookie();
  assert.match(cookie, /^visit=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict$/);
  const enter = (headers) =>
    fetch(`${origin}/auth/ciba/totp`, {
      method: "POST",
      headers: { Origin: origin, "Content-Type": "application/json", ...headers },
      body: JSON.stringify({ email: "ada@example.com", totp_code: "012345" }),
    });
  assert.equal((await enter()).status, 401);
  const passed = await enter({ Cookie: cookie.split(";", 1)[0] });
  assert.deepEqual([passed.status, await passed.json()], [200, { success: true, token: "TOKEN" }]);
  assert.deepEqual(received, ["/authsec/uflow/auth/totp/login"]);
});

test("only the page's files are served", async (t) => {
  const origin = await start(t);
  assert.equal((await get(origin, "/style/base.css")).headers["content-type"], "text/css; charset=utf-8");
  for (const path of [
    "/key.pem",
    "/../key.pem",
    "/%2e%2e/key.pem",
    "/notes.txt",
    "/style",
    "/style/",
    "/nothing",
    "//",
  ])
    assert.equal((await get(origin, path)).status, 404, path);
});

for (const [what, change, message] of [
  ["no address", { AUTHSEC_URL: "" }, /^AUTHSEC_URL is not set\.$/],
  ["no client", { CIBA_CLIENT_ID: "" }, /^CIBA_CLIENT_ID is not set\.$/],
  ["no secret", { CIBA_CLIENT_SECRET: "" }, /^either clientSecret or privateKey is needed$/],
  ["an address that is not secure", { AUTHSEC_URL: "http://authsec.example" }, /^baseUrl must be an https address/],
  ["routes that do not exist", { CIBA_ROUTES: "tenant" }, /^routes must be "workspace" or "oidc"$/],
  ["no page", { PAGE_FOLDER: "nowhere" }, /^ENOENT: .*nowhere/],
])
  test(`with ${what} the program does not start, and says why`, () => {
    const options = /** @type {const} */ ({
      env: { ...process.env, ...env, ...change },
      encoding: "utf8",
      timeout: 10_000,
    });
    const { status, stdout, stderr } = spawnSync(process.execPath, [program], options);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr.trim(), message);
  });

test("with a key and without the package jose the program ends, and names it", () => {
  const key = { CIBA_ROUTES: "oidc", CIBA_CLIENT_SECRET: "", CIBA_PRIVATE_KEY_FILE: join(folder, "key.pem") };
  const options = /** @type {const} */ ({ env: { ...process.env, ...env, ...key }, encoding: "utf8", timeout: 10_000 });
  const { status, stderr } = spawnSync(process.execPath, [program], options);
  assert.equal(status, 1);
  assert.match(stderr, /Cannot find package 'jose'/);
});
