// `wasm-pack build --target web` makes a package that works without the guard: the same arguments, the same results.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join, posix, sep } from "node:path";
import { after, before, describe, test } from "node:test";

import * as esbuild from "esbuild";

import { root, run } from "../../scripts/run.mjs";
import { serveBlankPage } from "../e2e/support/blank-page.mjs";
import { launchBrowser } from "../e2e/support/browser.mjs";
import { startCloud } from "../e2e/support/cloud.mjs";
import { assertFailure, assertSuccess } from "../e2e/support/result-table.mjs";
import { useShop } from "../e2e/support/setting.mjs";

/** What each set of features builds. */
const PACKAGES = {
  passkey: { features: [], exports: ["authenticate", "outcome", "register", "start"] },
  ciba: { features: ["--no-default-features", "--features", "ciba"], exports: ["CIBAClient"] },
  both: { features: ["--features", "ciba"], exports: ["CIBAClient", "authenticate", "outcome", "register", "start"] },
};

/** What wasm-bindgen exports from every module, and the module's start function. */
const COMMON = ["default", "initSync"];

const folderOf = (name) => `target/wasm-pack/${name}`;

for (const [name, { features, exports }] of Object.entries(PACKAGES))
  describe(`the package of ${name}`, () => {
    const folder = folderOf(name);
    before(async () => {
      // Installs nothing: the commands are here.
      const args = ["build", "--target", "web", "--mode", "no-install", "--out-dir", folder];
      await run("wasm-pack", features.length ? [...args, "--", ...features] : args, { merge: true });
    });

    test("has every file that it imports, and exports the functions", async () => {
      const { metafile } = await esbuild.build({
        entryPoints: [join(root, folder, "webauthn_result.js")],
        bundle: true,
        format: "esm",
        metafile: true,
        write: false,
        logLevel: "silent",
      });
      const [output] = Object.values(metafile.outputs);
      assert.deepEqual(output.exports.sort(), [...COMMON, ...exports].sort());
      assert.ok(Object.keys(metafile.inputs).some((path) => path.includes("/snippets/")));
      const outside = Object.keys(metafile.inputs).filter((path) => !path.includes(`${folder}/`));
      assert.deepEqual(outside, []);
    });

    test("is ignored by git where wasm-pack puts it by itself, in pkg/", async () => {
      const names = await readdir(join(root, folder), { recursive: true });
      const paths = names.map((path) => posix.join("pkg", ...path.split(sep)));
      assert.ok(paths.includes("pkg/README.md") && paths.includes("pkg/.gitignore"), paths.join());
      const ignored = await run("git", ["check-ignore", "--no-index", ...paths], { capture: true });
      assert.deepEqual(ignored.trim().split("\n").sort(), paths.sort());
      assert.equal(await run("git", ["ls-files", "pkg"], { capture: true }), "");
    });
  });

describe("passkeys, without the guard", () => {
  /** What a page writes that uses the package as it is. */
  const ENTRY = `
import init, { authenticate, outcome, register } from "/wasm-pack/webauthn_result.js";
await init();
export { authenticate, outcome, register };
`;

  const servePackage = async (page) => {
    await page.route("**/pkg/index.js", (route) => route.fulfill({ body: ENTRY, contentType: "text/javascript" }));
    await page.route("**/wasm-pack/**", (route) => {
      const { pathname } = new URL(route.request().url());
      return route.fulfill({ path: join(root, folderOf("passkey"), pathname.replace("/wasm-pack/", "")) });
    });
  };

  const { shop, open } = useShop({ page: { prepare: servePackage } });

  test("a passkey is created, then approves, and introspection confirms both tokens", async (t) => {
    const page = await open(t);
    const { user, argument } = await shop.enroll();
    const registration = await page.call("register", argument);
    assertSuccess(registration, "register");
    assert.deepEqual(registration.stages, ["prompting", "finalizing"]);
    assert.equal((await shop.introspect(registration.result.token)).sub, user.userId);

    const approval = await shop.approve(user);
    const authentication = await page.call("authenticate", approval.argument);
    assertSuccess(authentication, "authenticate");
    assert.equal((await shop.introspect(authentication.result.token)).sub, user.userId);
  });

  test("the outcome of an approval can be queried", async (t) => {
    const page = await open(t);
    const { argument } = await shop.approve(await page.newUser());
    assertSuccess(await page.call("authenticate", argument), "authenticate");
    assertSuccess(await page.call("outcome", argument), "authenticate");
    const enrollment = await shop.enroll();
    const pending = await page.call("outcome", { ...enrollment.argument, ceremony: "registration" }, { wait: 100 });
    assertFailure(pending, "register", "02", /still pending/);
  });

  test("bad arguments are a documented failure", async (t) => {
    const page = await open(t);
    assertFailure(
      await page.call("authenticate", {}),
      "authenticate",
      "00",
      "credentialRequestOptions must be an object, but is missing",
    );
  });
});

describe("push and TOTP, without the guard", () => {
  let site, cloud, browser, page;

  before(async () => {
    site = await serveBlankPage();
    [cloud, browser] = await Promise.all([startCloud({ origin: site.origin }), launchBrowser()]);
    page = await browser.newPage();
    await page.route("**/wasm-pack/**", (route) => {
      const { pathname } = new URL(route.request().url());
      return route.fulfill({ path: join(root, folderOf("ciba"), pathname.replace("/wasm-pack/", "")) });
    });
    await page.goto(site.origin);
    await page.evaluate(async (baseUrl) => {
      const { default: init, CIBAClient } = await import("/wasm-pack/webauthn_result.js");
      await init();
      Object.assign(globalThis, { CIBAClient, client: new CIBAClient({ baseUrl }) });
    }, cloud.baseUrl);
  });

  after(async () => {
    await browser?.close();
    await Promise.all([site, cloud].map((server) => server?.stop()));
  });

  const call = (method, ...values) =>
    page.evaluate(([method, values]) => globalThis.client[method](...values), [method, values]);

  test("a push is sent, polled and canceled, and a wrong code counted", async () => {
    const email = await cloud.newPerson();
    const { auth_req_id, interval } = await call("initiateAppApproval", email);
    assert.equal(typeof auth_req_id, "string");
    assert.ok(interval > 0);
    assert.deepEqual(await call("pollForApproval", email, auth_req_id, { timeout: 0 }), { status: "timeout" });
    assert.deepEqual(await call("cancelApproval", email), { status: "cancelled" });
    assert.deepEqual(await call("pollForApproval", email, auth_req_id), { status: "cancelled" });
    const refused = { success: false, error: "invalid_code" };
    const { message, ...wrong } = await call("verifyTotp", email, "000000");
    assert.deepEqual([wrong, message], [{ ...refused, remaining: 2 }, "Invalid TOTP code"]);
    assert.deepEqual(await call("verifyTotp", email, "12345"), { ...refused, remaining: 2 });
  });

  test("bad arguments have a documented error", async () => {
    assert.deepEqual(await call("safeAuthenticate", ""), {
      success: false,
      error: "invalid_argument",
      message: "email must be a non-empty string",
    });
    const thrown = await page.evaluate(() => {
      try {
        new globalThis.CIBAClient({ routes: "admin" });
      } catch (error) {
        return error.name;
      }
    });
    assert.equal(thrown, "TypeError");
  });
});
