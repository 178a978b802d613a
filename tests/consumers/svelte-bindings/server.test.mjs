// The stores on a server, which has no page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { render } from "svelte/server";
import { CIBAClient } from "webauthn-result/ciba";
import { useApproval, useAutofill, useRegistration } from "webauthn-result/svelte";
import { usePush } from "webauthn-result/svelte/push";

test("a server renders what is idle, and neither calls `start` nor sends anything", () => {
  const calls = [];
  globalThis.fetch = async (url) => calls.push(url);
  const start = async () => calls.push("start");
  const client = new CIBAClient({ clientId: "your_client_id" });
  const states = [];
  // What the compiler makes of a component without markup.
  const Page = (renderer) =>
    renderer.component(() => {
      for (const store of [useApproval(start), useRegistration(start), useAutofill(start), usePush(client)])
        store.subscribe(({ state }) => states.push(state))();
    });
  assert.equal(typeof render(Page).body, "string");
  assert.deepEqual(states, ["idle", "idle", "idle", "idle"]);
  assert.deepEqual(calls, []);
});
