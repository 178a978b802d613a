// Push and TOTP in this Node, against AuthSec as it is; `npm run test:consumers` runs the same checks in each runtime.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { CIBAClient } from "../../pkg/ciba-node.js";
import { CLIENT_KEYS, CLIENTS, settingsOf, startElsewhere } from "../../scripts/consumers/server-checks.mjs";
import { check } from "../consumers/servers/check.mjs";
import { startCloud, WITH_STANDARD_ROUTES } from "./support/cloud.mjs";

let elsewhere;
before(async () => {
  elsewhere = await startElsewhere();
});
after(() => elsewhere?.stop());

const modules = { import: CIBAClient, require: createRequire(import.meta.url)("../../pkg/ciba-node.cjs").CIBAClient };
for (const [how, Client] of Object.entries(modules))
  test(`a server approves, denies, verifies codes and keeps its secrets, by ${how}`, async () => {
    // For each a cloud of its own, because AuthSec limits how often an address may ask.
    const cloud = await startCloud({ ciba: WITH_STANDARD_ROUTES, clients: CLIENTS, keys: CLIENT_KEYS });
    try {
      const settings = await settingsOf(cloud, elsewhere.url);
      assert.match(await check(Client, settings), /^\d\d passed$/);
      assert.ok(!elsewhere.followed(), "a redirect was followed");
    } finally {
      await cloud.stop();
    }
  });
