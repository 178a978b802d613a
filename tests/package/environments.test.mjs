// The built files in Node: on a server, with a broken clock, and in a test environment that lacks the browser's functions.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";

import { root } from "../../scripts/run.mjs";

/** Runs a script in a process of its own, and resolves to what it logs. */
const play = async (script) => {
  const flags = ["--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: join(root, "pkg"), timeout: 60_000 });
  return JSON.parse(stdout);
};

test("on a server, configure takes a path, whose origin only a page has", async () => {
  const results = await play(`
    const { configure, authenticate } = await import("./index.js");
    configure({ baseUrl: "/auth", loadTimeout: 5000 });
    console.log(JSON.stringify(await authenticate({})));
  `);
  assert.equal(results.code.statusCode, "error-0005");
  assert.match(results.message, /server-side rendering/);
});

describe("with a Date.now that", () => {
  const clocks = {
    "returns NaN": "() => NaN",
    "returns undefined": "() => undefined",
    "returns a BigInt": "() => 1n",
    throws: "() => { throw new Error('no'); }",
    "stands still": "() => 1e12",
    "returns text": "() => 'today'",
    "returns a Date": "() => new Date()",
    "returns an object": "() => ({})",
    "returns Infinity": "() => Infinity",
    "goes back each time": "((now) => () => (now -= 1e6))(1e12)",
    "breaks after a while":
      "(() => { let count = 0; const { now } = Date; return () => (count++ < 5 ? now() : NaN); })()",
  };
  for (const [title, clock] of Object.entries(clocks)) {
    test(`${title}, a poll still ends at its timeout`, async () => {
      const { result, ms } = await play(`
        globalThis.document = new EventTarget();
        globalThis.fetch = async () => Response.json({ error: "authorization_pending" }, { status: 400 });
        const { CIBAClient } = await import("./ciba.js");
        Date.now = ${clock};
        const client = new CIBAClient();
        const started = performance.now();
        const result = await client.pollForApproval("ada@example.com", "ID", { interval: 0.3, timeout: 1.5 });
        console.log(JSON.stringify({ result, ms: performance.now() - started }));
      `);
      assert.equal(result.status, "timeout");
      assert.ok(ms > 1300 && ms < 15_000, `${ms} ms`);
    });

    test(`${title}, a request that hangs still ends at its timeout`, async () => {
      const { result, ms } = await play(`
        globalThis.document = new EventTarget();
        globalThis.fetch = () => new Promise(() => {});
        const { CIBAClient } = await import("./ciba.js");
        Date.now = ${clock};
        const client = new CIBAClient({ requestTimeout: 700 });
        const started = performance.now();
        const result = await client.verifyTotp("ada@example.com", "123456");
        console.log(JSON.stringify({ result, ms: performance.now() - started }));
      `);
      assert.equal(result.success, false);
      assert.equal(result.error, "network_timeout");
      assert.ok(ms > 600 && ms < 15_000, `${ms} ms`);
    });
  }
});

describe("in an environment that lacks", () => {
  const ADVICE = /Content-Security-Policy/;
  const tell = (without) =>
    play(`
      globalThis.document = new EventTarget();
      ${without}
      const { authenticate } = await import("./index.js");
      console.log(JSON.stringify(await authenticate({})));
    `);

  test("TextEncoder, as Jest's jsdom, the message names it and gives no advice about a policy", async () => {
    const result = await tell("delete globalThis.TextEncoder; delete globalThis.TextDecoder;");
    assert.equal(result.code.statusCode, "error-0099");
    assert.match(result.message, /^The module could not be loaded: ReferenceError: Text(En|De)coder is not defined$/);
    assert.doesNotMatch(result.message, ADVICE);
  });

  test("WebAssembly, the advice is there", async () => {
    const result = await tell("delete globalThis.WebAssembly;");
    assert.equal(result.code.statusCode, "error-0099");
    assert.match(result.message, ADVICE);
  });
});
