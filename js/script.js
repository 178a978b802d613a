// The classic script: defines `globalThis.webauthnResult`, and the same where `data-global` says.

import compile from "#module";
import { createApi } from "./api.js";

/** @typedef {{ [name: string]: Namespace }} Namespace */

const { src, dataset = {} } = /** @type {Partial<HTMLScriptElement>} */ (document.currentScript ?? {});
const { baseUrl, global } = dataset;
// By import() and not by an element: to Trusted Types its address is no sink.
const api = createApi(
  compile,
  () => import(/** @type {string} */ (/** @type {unknown} */ (new URL("webauthn-result.fallback.js", src)))),
);
globalThis.webauthnResult = api;
if (global) {
  let place = /** @type {Namespace} */ (/** @type {unknown} */ (globalThis));
  for (const name of global.split(".")) place = place[name] ??= {};
  Object.assign(place, api);
}
api.configure({ baseUrl });
