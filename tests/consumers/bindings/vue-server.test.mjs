// The composables on a server, which has no page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import { CIBAClient } from "webauthn-result/ciba";
import { useApproval, useAutofill, useRegistration } from "webauthn-result/vue";
import { usePush } from "webauthn-result/vue/push";

test("a server renders what is idle, and neither calls `start` nor sends anything", async () => {
  const calls = [];
  globalThis.fetch = async (url) => calls.push(url);
  const start = async () => calls.push("start");
  const client = new CIBAClient({ clientId: "your_client_id" });
  const app = createSSRApp({
    setup() {
      const all = [useApproval(start), useRegistration(start), useAutofill(start), usePush(client)];
      return () => all.map(({ state }) => state.value).join();
    },
  });
  assert.equal(await renderToString(app), "idle,idle,idle,idle");
  assert.deepEqual(calls, []);
});
