// In server-side rendering, loading the package has no side effects, and its calls resolve to no WebAuthn.

const assert = require("node:assert/strict");

// Loading the module or using the network fails the test.
const forbidden = (name) => () => assert.fail(`${name} was called`);
for (const name of ["compile", "compileStreaming", "instantiate", "instantiateStreaming", "Module", "Instance"])
  WebAssembly[name] = forbidden(`WebAssembly.${name}`);
globalThis.fetch = forbidden("fetch");
const active = process.getActiveResourcesInfo();

const main = async () => {
  const { authenticate, cancel, configure, ready, register, support } = require("webauthn-result");
  assert.deepEqual(process.getActiveResourcesInfo(), active);

  configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud" });
  cancel();
  await ready();
  assert.deepEqual(await support(), { webauthn: false, platformAuthenticator: false, autofill: false, capabilities: {} });
  assert.deepEqual(await authenticate(), {
    success: false,
    code: { statusCode: "error-0005", message: "WebAuthn is not supported by this browser." },
    message: "Not in a browser: call it in a page, not in server-side rendering.",
  });
  assert.equal((await register()).code.statusCode, "error-1005");

  const { explain } = require("webauthn-result/explain");
  assert.equal(explain("success-authentication", "de").title, "Bestätigt");
  console.log("Nothing was loaded, nothing was broken.");
};

main();
