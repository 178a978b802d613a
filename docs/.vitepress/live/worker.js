// Calls the package in a worker, and posts the result.

import { authenticate, register } from "webauthn-result";

const functions = { authenticate, register };

addEventListener("message", async ({ data: { name, transaction } }) => postMessage(await functions[name](transaction)));
