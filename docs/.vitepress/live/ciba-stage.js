// Runs a live example of push and TOTP, with the testing kit's server in place of AuthSec and of a relay.

import { causeOf } from "webauthn-result/cause";
import { explain } from "webauthn-result/explain";
import { fakeAuthSec } from "webauthn-result/testing";

/**
 * Runs an example. Resolves to its result, with its cause and words.
 *
 * @param {import("./ciba-examples.js").Example} example
 */
export const runExample = async (example) => {
  const { run, server: options } = await example.load();
  const server = fakeAuthSec(options).install();
  try {
    const result = await run();
    const { cause, next } = causeOf(result);
    const { title, advice } = explain(result);
    return { result, cause, next, title, advice, created: false, removed: false };
  } finally {
    server.restore();
  }
};
