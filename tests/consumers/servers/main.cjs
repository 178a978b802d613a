// The same for `require`.

const { readFileSync } = require("node:fs");
const { CIBAClient } = require("webauthn-result/ciba");

import("./check.mjs").then(async ({ check }) => {
  console.log(await check(CIBAClient, JSON.parse(readFileSync("settings.json", "utf8"))));
});
