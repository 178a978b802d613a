// The hooks on a server, which has no page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { CIBAClient } from "webauthn-result/ciba";
import { useApproval, useAutofill, useRegistration } from "webauthn-result/react";
import { usePush } from "webauthn-result/react/push";

test("a server renders what is idle, and neither calls `start` nor sends anything", () => {
  const calls = [];
  globalThis.fetch = async (url) => calls.push(url);
  const start = async () => calls.push("start");
  const client = new CIBAClient({ clientId: "your_client_id" });
  const Page = () => {
    const all = [useApproval(start), useRegistration(start), useAutofill(start), usePush(client)];
    return all.map(({ state }) => state).join();
  };
  assert.equal(renderToString(createElement(Page)), "idle,idle,idle,idle");
  assert.deepEqual(calls, []);
});
