// Times a whole ceremony on a page of the shop, with the browser's prompt and the cloud's response.

import { createContenders } from "./contenders.mjs";

let contenders;

/** Loads the package. Resolves to the names of the contenders. */
export const prepare = async (baseUrl) => {
  const { authenticate, ready } = await import("/pkg/index.js");
  await ready();
  contenders = createContenders(authenticate, baseUrl);
  console.debug = () => {};
  return Object.keys(contenders);
};

/** Resolves to the milliseconds from the call to the token, and the token. */
export const runCeremony = async (name, argument) => {
  const start = performance.now();
  const result = await contenders[name](argument);
  const ms = performance.now() - start;
  if (!result.token) throw new Error(`${name}: ${JSON.stringify(result)}`);
  return { ms, token: result.token };
};
