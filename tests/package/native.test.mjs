// The native client: what it brings along.

import assert from "node:assert/strict";
import { test } from "node:test";

import { run } from "../../scripts/run.mjs";

/** The crates that a package of this workspace is compiled with, by name. */
const crates = async (target, ...features) => {
  const args = ["tree", "--locked", "--package", "webauthn-result", "--target", target, "--no-default-features"];
  args.push("--features", features.join(), "--edges", "normal", "--prefix", "none", "--format", "{p}");
  const lines = (await run("cargo", args, { capture: true })).trim().split("\n");
  return new Set(lines.map((line) => line.split(" ")[0]));
};

const OF_THE_BROWSER = /^(?:wasm-bindgen.*|js-sys|web-sys|gloo-.*|serde-wasm-bindgen|lol_alloc)$/;

test("the native client brings along no crate of the browser, no HTTP client and no runtime", async () => {
  const native = await crates("x86_64-unknown-linux-gnu", "native");
  for (const name of ["serde_json", "url"]) assert.ok(native.has(name), name);
  const other = /^(?:reqwest|hyper.*|http|ureq|rustls|ring|openssl.*|tokio.*|async-.*|futures.*)$/;
  assert.deepEqual(
    [...native].filter((name) => OF_THE_BROWSER.test(name) || other.test(name)),
    [],
  );
});

test("no native build brings along a crate of the browser", async () => {
  for (const features of [["passkey"], ["ciba"], ["passkey", "native"]]) {
    const names = await crates("x86_64-unknown-linux-gnu", ...features);
    assert.deepEqual(
      [...names].filter((name) => OF_THE_BROWSER.test(name)),
      [],
      features.join(),
    );
  }
  const module = await crates("wasm32-unknown-unknown", "passkey");
  assert.ok(module.has("wasm-bindgen") && module.has("lol_alloc"), "the pattern finds them in the module");
});
