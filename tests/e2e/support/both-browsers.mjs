// The two kinds of browsers: with base64url functions, and with atob and btoa only.

import assert from "node:assert/strict";

const removeConversions = (page) =>
  page.addInitScript(() => {
    delete Uint8Array.fromBase64;
    delete Uint8Array.prototype.toBase64;
  });

/** The preparation of a page before it loads, and what it has then. */
const BROWSERS = {
  "with conversions of its own": { has: ["function", "function"] },
  "with atob and btoa alone": { prepare: removeConversions, has: ["undefined", "undefined"] },
};

/** Asserts that the pages are of different kinds. */
const assertKind = async (page, has) =>
  assert.deepEqual(
    await page.evaluate(() => [typeof Uint8Array.fromBase64, typeof Uint8Array.prototype.toBase64]),
    has,
  );

/** Runs the same on a page of each kind, asserts that the results are equal, and returns them. */
export const playInBoth = async (t, open, play) => {
  const came = [];
  for (const [title, { prepare, has }] of Object.entries(BROWSERS)) {
    const page = await open(t, { prepare });
    await assertKind(page.page, has);
    t.diagnostic(`in a browser ${title}`);
    came.push(await play(page));
  }
  assert.deepEqual(came[1], came[0], "the two browsers differ");
  return came[0];
};
