// Runs the checks in workerd, when it is asked to.

import { CIBAClient } from "webauthn-result/ciba";

import { check } from "./check.mjs";

export default {
  async fetch(request) {
    if (request.method !== "POST") return new Response("ready");
    return new Response(await check(CIBAClient, await request.json()));
  },
};
