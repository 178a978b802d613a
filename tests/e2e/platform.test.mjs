// The examples of docs/platform.md, with a virtual authenticator that can do what they ask for.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "../../scripts/run.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open } = useShop();

/** A page with the examples as `examples`, and a user with a discoverable passkey. */
const openExamples = async (t, authenticator) => {
  const page = await open(t, {
    authenticator,
    prepare: (page) =>
      page.route("**/platform.js", async (route) => {
        const text = await readFile(join(root, "docs/examples/platform/platform.js"), "utf8");
        const body = text.replace('"webauthn-result"', '"/pkg/index.js"');
        await route.fulfill({ contentType: "text/javascript", body });
      }),
  });
  await page.page.evaluate(async (baseUrl) => {
    e2e.module.configure({ baseUrl });
    globalThis.examples = await import("/platform.js");
  }, shop.baseUrl);
  return page;
};

const enroll = (more) => shop.enroll({ options: { authenticatorSelection: { residentKey: "required" } }, ...more });

const assertCode = ({ code, message }, statusCode) => assert.equal(code.statusCode, statusCode, message);

test("a passkey derives the same key each time, and another one another", async (t) => {
  const page = await openExamples(t, { hasPrf: true });
  const users = [];
  for (const { argument, user } of [await enroll(), await enroll()]) {
    const created = await page.page.evaluate((given) => globalThis.examples.createPasskeyWithKey(given), argument);
    assertCode(created.result, "success-registration");
    assert.equal(created.canDerive, true);
    users.push(user);
  }
  const approvals = [];
  for (const user of [users[0], users[0], users[1]]) approvals.push((await shop.approve(user)).argument);
  const seen = await page.page.evaluate(async ([first, again, other]) => {
    const iv = new Uint8Array(12);
    const { result, key } = await globalThis.examples.signInWithKey(first);
    const secret = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode("a note"));
    const decrypt = async (approval) => {
      const { key } = await globalThis.examples.signInWithKey(approval);
      return crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, secret).then(
        (text) => new TextDecoder().decode(text),
        (error) => error.name,
      );
    };
    return { result, same: await decrypt(again), other: await decrypt(other) };
  }, approvals);
  assertCode(seen.result, "success-authentication");
  assert.equal(seen.same, "a note");
  assert.equal(seen.other, "OperationError");
});

test("an authenticator that derives no key still signs in", async (t) => {
  const page = await openExamples(t);
  const { argument } = await shop.approve(await page.newUser());
  const { result, key } = await page.page.evaluate((approval) => globalThis.examples.signInWithKey(approval), argument);
  assertCode(result, "success-authentication");
  assert.equal(key, undefined);
});

test("a blob that was written is read again", async (t) => {
  const page = await openExamples(t, { hasLargeBlob: true });
  const { argument, user } = await enroll();
  const created = await page.page.evaluate((given) => globalThis.examples.createPasskeyWithBlob(given), argument);
  assertCode(created.result, "success-registration");
  assert.equal(created.canKeep, true);
  const approvals = [(await shop.approve(user)).argument, (await shop.approve(user)).argument];
  const seen = await page.page.evaluate(async ([first, second]) => {
    const written = await globalThis.examples.writeBlob(first, "AQIDBA");
    const read = await globalThis.examples.readBlob(second);
    return { written, read: { result: read.result, blob: [...new Uint8Array(read.blob)] } };
  }, approvals);
  assertCode(seen.written.result, "success-authentication");
  assert.equal(seen.written.isWritten, true);
  assertCode(seen.read.result, "success-authentication");
  assert.deepEqual(seen.read.blob, [1, 2, 3, 4]);
});

test("hints reach the browser, which may ignore them", async (t) => {
  const page = await openExamples(t);
  const { argument } = await shop.approve(await page.newUser());
  const [result, hints] = await page.page.evaluate(async (approval) => {
    let seen;
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = (options) => {
      seen = options.publicKey.hints;
      return get(options);
    };
    return [await globalThis.examples.signInWithPhone(approval), seen];
  }, argument);
  assertCode(result, "success-authentication");
  assert.deepEqual(hints, ["hybrid"]);
});

test("the authenticator attests itself in a format that was asked for", async (t) => {
  const page = await openExamples(t);
  const { argument } = await enroll();
  const [result, format, asked] = await page.page.evaluate(async (enrollment) => {
    let seen;
    let formats;
    const create = navigator.credentials.create.bind(navigator.credentials);
    navigator.credentials.create = async (options) => {
      formats = options.publicKey.attestationFormats;
      const credential = await create(options);
      const bytes = String.fromCharCode(...new Uint8Array(credential.response.attestationObject));
      seen = /fmt.(packed|none|tpm)/.exec(bytes)?.[1];
      return credential;
    };
    return [await globalThis.examples.createAttestedPasskey(enrollment), seen, formats];
  }, argument);
  assertCode(result, "success-registration");
  assert.equal(format, "packed");
  assert.deepEqual(asked, ["packed", "tpm"]);
});
