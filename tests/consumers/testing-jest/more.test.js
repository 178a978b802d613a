// What Jest's jsdom lacks: fetch, Response, isSecureContext.

const { register } = require("webauthn-result");
const { CIBAClient } = require("webauthn-result/ciba");
const { fakeAuthSec, fakeCloud, fakePasskeys, results } = require("webauthn-result/testing");

test("a registration whose response is lost, in an environment without fetch", async () => {
  expect([typeof fetch, typeof Response, typeof isSecureContext]).toEqual(["undefined", "undefined", "undefined"]);
  const passkeys = fakePasskeys();
  const cloud = fakeCloud({ finalize: ["lost", 503] }).install();
  expect(await register(cloud.enrollment())).toEqual(results.registered());
  cloud.restore();
  passkeys.restore();
  expect(typeof fetch).toBe("undefined");
});

test("an approval on the phone", async () => {
  const server = fakeAuthSec({ poll: ["pending", "approved"] }).install();
  const result = await new CIBAClient({ clientId: "shop" }).safeAuthenticate("zoe@example.com");
  expect(result).toEqual(results.push.approved({ method: "safeAuthenticate" }));
  server.restore();
});
