// The classic script: defines `globalThis.webauthnResult`, and the same where `data-global` says.

import compile from "#module";
import { createApi } from "./api.js";
import { NO_SCRIPT_ELEMENT } from "./messages.js";

/** @typedef {{ [name: string]: Namespace }} Namespace */

// By the document's own getter: an element whose `name` is "currentScript" takes the place of `document.currentScript`.
const element = globalThis.Document && Reflect.get(Document.prototype, "currentScript", document);
// There is none in a module.
const script = element && element instanceof HTMLScriptElement ? element : undefined;
const { baseUrl, global } = script?.dataset ?? {};
// By import() and not by an element: to Trusted Types its address is no sink.
const api = createApi(
  compile,
  () => import(/** @type {string} */ (/** @type {unknown} */ (new URL("webauthn-result.fallback.js", script?.src)))),
  script ? undefined : NO_SCRIPT_ELEMENT,
);
globalThis.webauthnResult = api;
if (global) {
  let place = /** @type {Namespace} */ (/** @type {unknown} */ (globalThis));
  for (const name of global.split(".")) place = place[name] ??= {};
  Object.assign(place, api);
}
api.configure({ baseUrl });
