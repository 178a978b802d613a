// Makes one call inside a frame whose permissions policy forbids WebAuthn, and posts the result object to the parent page.

import { authenticate, register } from "/pkg/index.js";

const ceremonies = { authenticate, register };

addEventListener("message", async ({ origin, source, data }) => {
  if (origin !== location.origin || source !== parent || !Object.hasOwn(ceremonies, data.name)) return;
  parent.postMessage({ result: await ceremonies[data.name](data.options) }, location.origin);
});
parent.postMessage({ listening: true }, location.origin);
