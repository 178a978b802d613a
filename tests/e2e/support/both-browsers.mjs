// The two kinds of browser: those that convert base64url themselves, and those that have atob and btoa alone.

import assert from "node:assert/strict";

const removeConversions = (page) =>
  page.addInitScript(() => {
    delete Uint8Array.fromBase64;
    delete Uint8Array.prototype.toBase64;
  });

/** How a page is prepared before it is loaded, and what it then has. */
const BROWSERS = {
  "with conversions of its own": { has: ["function", "function"] },
  "with atob and btoa alone": { prepare: removeConversions, has: ["undefined", "undefined"] },
};

/** Without this both pages might be of the same kind. */
const assertKind = async (page, has) =>
  assert.deepEqual(
    await page.evaluate(() => [typeof Uint8Array.fromBase64, typeof Uint8Array.prototype.toBase64]),
    has,
  );

/** Plays the same on a page of each, as `open` of setting.mjs opens it: what it comes to has to be the same. Returns that. */
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
