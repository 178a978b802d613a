// In workers, and in pages whose elements have the names of the browser's functions: push and TOTP work, and passkeys say that
// they need a page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { root } from "../../scripts/run.mjs";
import { launchBrowser } from "./support/browser.mjs";
import { serve } from "./support/processes.mjs";

const EMAIL = "ada@example.com";

/** Runs in a worker, or in a page: a push that is pending once, a TOTP code, and both ceremonies. */
const ACT = `async (load) => {
  const { CIBAClient } = await load("/pkg/ciba.js");
  const client = new CIBAClient({ baseUrl: self.origin });
  const push = await client.safeAuthenticate("${EMAIL}", { interval: 0.2 });
  const code = await client.verifyTotp("${EMAIL}", "123456");
  const api = await load("/pkg/index.js");
  await api.ready();
  api.cancel();
  api.configure({ baseUrl: "/auth" });
  return {
    push, code, hasDocument: typeof document,
    authenticate: await api.authenticate({}), register: await api.register({}), support: await api.support(),
  };
}`;

const REPLY = `(${ACT})((address) => import(address)).then((value) => postMessage({ value }), (error) => postMessage({ error: String(error) }));`;

let browser, server, polls;
before(async () => {
  browser = await launchBrowser();
  const files = new Map();
  for (const name of ["ciba.js", "index.js"]) files.set(`/pkg/${name}`, await readFile(join(root, "pkg", name)));
  files.set("/worker.js", REPLY);
  server = await serve(({ url, method }, response) => {
    if (method === "POST") {
      const last = url.split("/").at(-1);
      const pending = last === "token" && polls++ === 0;
      const body = pending
        ? { error: "authorization_pending" }
        : last === "token"
          ? { access_token: "T" }
          : last === "initiate"
            ? { auth_req_id: "ID", expires_in: 300, interval: 5 }
            : { success: true, token: "T" };
      response.setHeader("Content-Type", "application/json");
      return response.writeHead(pending ? 400 : 200).end(JSON.stringify(body));
    }
    const file = files.get(url);
    response.setHeader("Content-Type", file ? "text/javascript" : "text/html");
    response.end(file ?? `<!doctype html><title>Page</title><body>${decodeURIComponent(url.split("?")[1] ?? "")}`);
  });
});
after(async () => {
  await browser?.close();
  server?.stop();
});

const open = async (t, markup = "") => {
  polls = 0;
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`${server.origin}/?${encodeURIComponent(markup)}`);
  return page;
};

const assertCibaWorks = ({ push, code }) => {
  assert.deepEqual(push, { success: true, token: "T" });
  assert.equal(code.success, true, JSON.stringify(code));
};

for (const type of ["module", "classic"])
  describe(`in a ${type} worker`, () => {
    test("push and TOTP work, and passkeys say that it is a worker", async (t) => {
      const page = await open(t);
      const { value, error } = await page.evaluate(
        (kind) =>
          new Promise((resolve) => {
            new Worker("/worker.js", { type: kind }).onmessage = ({ data }) => resolve(data);
          }),
        type,
      );
      assert.equal(error, undefined);
      assert.equal(value.hasDocument, "undefined");
      assertCibaWorks(value);
      for (const [name, code] of [
        ["authenticate", "error-0005"],
        ["register", "error-1005"],
      ]) {
        assert.equal(value[name].code.statusCode, code);
        assert.match(value[name].message, /^Not in a page but in a worker/);
      }
      assert.deepEqual(value.support, {
        webauthn: false,
        platformAuthenticator: false,
        autofill: false,
        capabilities: {},
      });
    });
  });

describe("push and TOTP work in a page with", () => {
  const markups = {
    "an image that is named addEventListener": '<img name="addEventListener">',
    "a form that is named hidden": '<form name="hidden" id="hidden"></form>',
    "elements with the names of all that they use":
      '<img name="removeEventListener"><form name="addEventListener"></form><img name="visibilityState"><img id="origin">',
  };
  for (const [title, markup] of Object.entries(markups))
    test(title, async (t) => {
      const page = await open(t, markup);
      assertCibaWorks(await page.evaluate(`(${ACT})((address) => import(address))`));
    });
});
