// A whole ceremony, on a page of the shop: the browser's own prompt, and the cloud's own answer.

import { createContenders } from "./contenders.mjs";

let contenders;

/** Loads the package; resolves to the names of the contenders. */
export const prepare = async (baseUrl) => {
  const { authenticate, ready } = await import("/pkg/index.js");
  await ready();
  contenders = createContenders(authenticate, baseUrl);
  console.debug = () => {};
  return Object.keys(contenders);
};

/** Milliseconds from the call to the token, and the token. */
export const runCeremony = async (name, argument) => {
  const start = performance.now();
  const answer = await contenders[name](argument);
  const ms = performance.now() - start;
  if (!answer.token) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  return { ms, token: answer.token };
};
