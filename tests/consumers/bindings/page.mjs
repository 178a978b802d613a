// A page of the tests: the globals of a browser, and the promises that the bindings of each framework keep.

import assert from "node:assert/strict";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<div></div>", { url: "https://shop.example/", pretendToBeVisual: true });
const GLOBALS = [
  "document",
  "location",
  "navigator",
  "Node",
  "Element",
  "Text",
  "Comment",
  "HTMLElement",
  "HTMLMediaElement",
];
for (const [name, value] of [["window", window], ...GLOBALS.map((name) => [name, window[name]])])
  Object.defineProperty(globalThis, name, { value, configurable: true });

const { fakeCloud, fakePasskeys } = await import("webauthn-result/testing");

/** Installs fake passkeys and a fake cloud. `requests` are those of the page; `restore` removes them. */
export const open = (options) => {
  const passkeys = fakePasskeys(options);
  const cloud = fakeCloud().install();
  return {
    passkeys,
    cloud,
    restore() {
      passkeys.restore();
      cloud.restore();
    },
  };
};

/** Resolves when it is so, by the real clock. */
export const until = async (isSo, shown = () => "") => {
  const limit = Date.now() + 10_000;
  while (!isSo()) {
    assert.ok(Date.now() < limit, `in vain: ${JSON.stringify(shown())}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** What `run` resolves to if it has begun nothing. */
export const NO_END = { outcome: undefined, cause: undefined, problem: undefined, transaction: undefined };

/**
 * Calls `run` of each binding when its component is gone. `make(use)` is that component: it resolves to the binding and to what
 * unmounts it. `bindings` are the functions of the framework.
 *
 * @param {Record<string, any>} bindings
 * @param {(use: () => any) => Promise<{ binding: any, unmount: () => unknown }>} make
 */
export const runWithoutComponent = async ({ useApproval, useRegistration, useAutofill, usePush }, make) => {
  const { passkeys, cloud, restore } = open();
  try {
    const begun = [];
    const start = async () => begun.push("start");
    const client = { safeAuthenticate: async () => begun.push("push") };
    for (const use of [
      () => useApproval(start),
      () => useRegistration(start),
      () => useAutofill(start),
      () => usePush(client),
    ]) {
      const { binding, unmount } = await make(use);
      await unmount();
      assert.deepEqual(await binding.run("zoe"), NO_END);
    }
    // Autofill begins later than its `run` returns.
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(begun, []);
    assert.deepEqual(passkeys.prompts, []);
    assert.deepEqual(cloud.requests, []);
  } finally {
    restore();
  }
};
