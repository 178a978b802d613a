// Push and TOTP without WebAssembly: the same Rust, compiled to JavaScript.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, test } from "node:test";
import { promisify } from "node:util";

import { root } from "../../scripts/run.mjs";

/**
 * Runs `body` in a Node without WebAssembly, beside a server that `respond` plays: it gets a path, and returns a status and JSON.
 * Both are source text. Resolves to what `body` returned, and to what the logger got.
 */
const run = async ({ respond, body }) => {
  const program = `
    import { createServer } from "node:http";
    const server = createServer(async (request, response) => {
      const { status = 200, json } = (${respond})(request.url);
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(json));
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const baseUrl = "http://127.0.0.1:" + server.address().port;
    // Node's own fetch needs WebAssembly, once.
    await (await fetch(baseUrl)).text();
    delete globalThis.WebAssembly;
    const { CIBAClient } = await import("./pkg/ciba.js");
    const told = [];
    const logger = { error: (line) => told.push(line) };
    const result = await (async () => { ${body} })();
    server.closeAllConnections();
    server.close();
    console.log(JSON.stringify({ result, told }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], { cwd: root });
  return JSON.parse(stdout);
};

const APPROVING = `(path) => path.endsWith("/initiate")
  ? { json: { auth_req_id: "ID", expires_in: 300, interval: 1 } }
  : path.endsWith("/token") ? { json: { access_token: "TOKEN", token_type: "Bearer" } }
  : { json: { success: true, token: "CODE-TOKEN" } }`;

describe("a client without WebAssembly", () => {
  test("sends and polls a push, with the fallback", async () => {
    const { result } = await run({
      respond: APPROVING,
      body: `const client = new CIBAClient({ baseUrl, routes: "relay", logger, fallback: () => import("./pkg/ciba.fallback.js") });
        return client.safeAuthenticate("ada@example.com");`,
    });
    assert.deepEqual(result, { success: true, token: "TOKEN" });
  });

  test("loads the fallback once for a client, and each client has an instance of its own", async () => {
    const { result } = await run({
      respond: `() => ({ status: 401, json: { error: "Invalid TOTP code" } })`,
      body: `let loads = 0;
        const fallback = () => { loads++; return import("./pkg/ciba.fallback.js"); };
        const clients = [1, 2].map(() => new CIBAClient({ baseUrl, routes: "relay", logger, fallback }));
        const remaining = [];
        for (const client of [clients[0], clients[0], clients[1]])
          remaining.push((await client.verifyTotp("ada@example.com", "123456")).remaining);
        return { loads, remaining };`,
    });
    assert.equal(result.loads, 2);
    assert.deepEqual(result.remaining, [2, 1, 2]);
  });

  test("without the fallback says what to allow, in the logger", async () => {
    const { result, told } = await run({
      respond: APPROVING,
      body: `return new CIBAClient({ baseUrl, routes: "relay", logger }).safeAuthenticate("ada@example.com");`,
    });
    assert.deepEqual(result, { success: false, error: "module_not_loaded" });
    assert.match(told.join(), /^The module could not be loaded: ReferenceError: .*'wasm-unsafe-eval'\)$/);
  });

  test("names the fallback's own failure", async () => {
    const { told } = await run({
      respond: APPROVING,
      body: `const fallback = () => import("./pkg/missing.js");
        return new CIBAClient({ baseUrl, routes: "relay", logger, fallback }).safeAuthenticate("ada@example.com");`,
    });
    assert.match(told.join(), /'wasm-unsafe-eval'\); the fallback failed: .*Cannot find module/);
  });

  test("takes nothing but a function as its fallback", async () => {
    const { CIBAClient } = await import("../../pkg/ciba.js");
    assert.throws(() => new CIBAClient({ fallback: "webauthn-result/ciba/fallback" }), {
      name: "TypeError",
      message: "options.fallback must be a function",
    });
    new CIBAClient({ fallback: null });
  });
});

test("with WebAssembly, the fallback is not loaded", async () => {
  const { CIBAClient } = await import("../../pkg/ciba.js");
  const fallback = () => assert.fail("the fallback was loaded");
  const client = new CIBAClient({ baseUrl: "http://127.0.0.1:1", fallback });
  assert.deepEqual(await client.initiateAppApproval("ada@example.com"), { success: false, error: "connection_failed" });
});
