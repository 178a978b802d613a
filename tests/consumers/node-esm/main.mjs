// In server-side rendering, loading the package has no side effects, and its calls resolve to no WebAuthn.

import assert from "node:assert/strict";

// Loading the module or using the network fails the test.
const forbidden = (name) => () => assert.fail(`${name} was called`);
for (const name of ["compile", "compileStreaming", "instantiate", "instantiateStreaming", "Module", "Instance"])
  WebAssembly[name] = forbidden(`WebAssembly.${name}`);
globalThis.fetch = forbidden("fetch");
const active = process.getActiveResourcesInfo();

for (const entry of ["webauthn-result", "webauthn-result/url"]) {
  const { authenticate, cancel, configure, outcome, ready, register, support } = await import(entry);
  assert.deepEqual(process.getActiveResourcesInfo(), active);

  configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud" });
  cancel();
  await ready();
  assert.deepEqual(await support(), {
    webauthn: false,
    platformAuthenticator: false,
    autofill: false,
    capabilities: {},
  });
  assert.deepEqual(await authenticate(), {
    success: false,
    code: { statusCode: "error-0005", message: "WebAuthn is not supported by this browser." },
    message: "Not in a browser: call it in a page, not in server-side rendering.",
  });
  assert.equal((await register()).code.statusCode, "error-1005");
  const ends = [];
  const settings = { onEnd: ({ call, code, cause }) => ends.push([call, code, cause]) };
  assert.equal((await outcome({ statusToken: "S" }, settings)).code.statusCode, "error-0005");
  await outcome({ statusToken: "S", ceremony: "registration" }, settings);
  assert.deepEqual(ends, [
    ["outcome", "error-0005", "noWebAuthn"],
    ["outcome", "error-1005", "noWebAuthn"],
  ]);
}

const { explain } = await import("webauthn-result/explain");
assert.equal(explain("success-authentication", "de").title, "Bestätigt");
console.log("Nothing was loaded, nothing was broken.");
