// The classic script: defines `globalThis.webauthnResult`, and the same where `data-global` says.

import compile from "#module";
import { createApi } from "./api.js";

const { baseUrl, global } = document.currentScript?.dataset ?? {};
const api = createApi(compile);
globalThis.webauthnResult = api;
if (global) {
  let place = globalThis;
  for (const name of global.split(".")) place = place[name] ??= {};
  Object.assign(place, api);
}
api.configure({ baseUrl });
