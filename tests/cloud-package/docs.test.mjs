// The pages for front-end developers use the package of the local cloud, and none asks for Rust.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "../../scripts/run.mjs";

const QUICK_STARTS = ["quick-start", "nextjs", "vue", "svelte", "no-framework"];
const OTHERS = ["testing", "push-and-totp", "going-live", "settings", "reacting", "troubleshooting"];

const read = (name) => readFile(join(root, "docs", `${name}.md`), "utf8");

for (const name of [...QUICK_STARTS, ...OTHERS])
  test(`docs/${name}.md needs no Rust`, async () => {
    assert.doesNotMatch(await read(name), /rustup|\bcargo (?:run|install|build)\b|C compiler/i);
  });

for (const name of QUICK_STARTS)
  test(`docs/${name}.md starts the cloud by npm, for the origin of its page, and its page uses it as it is`, async () => {
    const text = await read(name);
    const [, origin] = /^ {4}npx --yes webauthn-result-cloud --origin (\S+)$/m.exec(text);
    assert.ok(text.includes(`CLOUD_URL=http://localhost:5190 ACCESS_KEY=secret ORIGIN=${origin} `));
    assert.match(text, /(?:baseUrl: |data-base-url=)"http:\/\/localhost:5190"/);
    assert.doesNotMatch(text, /"https:\/\/INSTANCE/);
  });
