// If a call that the page makes in a callback of another one crashes, both resolve, and the page sees no error.

import assert from "node:assert/strict";
import { test } from "node:test";

import { serveInjection } from "./support/browser.mjs";
import { useShop } from "./support/setting.mjs";

const { open } = useShop();

test("after a crash in a call that another call's onProgress made, both resolve, and the next call works", async (t) => {
  const page = await open(t, { prepare: serveInjection });
  const codes = await page.page.evaluate(async () => {
    const { register } = e2e.module;
    const creation = {
      statusToken: "S",
      credentialCreationOptions: {
        rp: { name: "shop" },
        user: { id: "AQ", name: "ada", displayName: "Ada" },
        challenge: "AQID",
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      },
    };
    let inner;
    const outer = await register(creation, {
      onProgress(stage) {
        if (stage == "prompting") inner = register(creation, { panicAt: "start" });
      },
    });
    const next = await register({});
    return [outer, await inner, next].map(({ code }) => code.statusCode);
  });
  assert.deepEqual(codes, ["error-1099", "error-1099", "error-1000"]);
});
