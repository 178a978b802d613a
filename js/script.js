// The classic script: defines `globalThis.webauthnResult`, and the same where `data-global` says.

import compile from "#module";
import { createApi } from "./api.js";

const { src, dataset = {} } = document.currentScript ?? {};
const { baseUrl, global } = dataset;
// By import() and not by an element: to Trusted Types its address is no sink.
const api = createApi(compile, () => import(new URL("webauthn-result.fallback.js", src)));
globalThis.webauthnResult = api;
if (global) {
  let place = globalThis;
  for (const name of global.split(".")) place = place[name] ??= {};
  Object.assign(place, api);
}
api.configure({ baseUrl });
