// The stores on a server, which has no page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CIBAClient } from "webauthn-result/ciba";
import { useApproval, useAutofill, useRegistration } from "webauthn-result/svelte";
import { usePush } from "webauthn-result/svelte/push";
import { compileFor, isVersion4 } from "./svelte-component.mjs";

const Page = await compileFor("server");

const render = async (props) => {
  if (isVersion4) return Page.render(props).html;
  const server = await import("svelte/server");
  return server.render(Page, { props }).body;
};

test("a server renders what is idle, and neither calls `start` nor sends anything", async () => {
  const calls = [];
  globalThis.fetch = async (url) => calls.push(url);
  const start = async () => calls.push("start");
  const client = new CIBAClient({ clientId: "your_client_id" });
  for (const make of [
    () => useApproval(start),
    () => useRegistration(start),
    () => useAutofill(start),
    () => usePush(client),
  ])
    assert.match(await render({ make }), /<output>idle /);
  assert.deepEqual(calls, []);
});
