// What the browser says of its capabilities. It is asked while the module loads, and the reply is kept: a call must not await
// anything before its prompt.

import { createQuestion } from "./host.js";
import { NullRecord } from "./null-record.js";

/** @typedef {import("./index.d.ts").Capabilities} Capabilities */

/** @type {Capabilities} */
let known = new NullRecord();

export const getCapabilities = () => known;

/** Keeps the reply, also one that is late. */
const keepReply = async () => {
  const value = await PublicKeyCredential.getClientCapabilities();
  /** @type {Record<string, boolean>} */
  const reply = new NullRecord();
  for (const [name, has] of Object.entries(value)) if (typeof has == "boolean") reply[name] = has;
  known = reply;
};

/**
 * Asks the browser. Resolves to what it said last: to an empty object if it never replied, within a second.
 *
 * @returns {Promise<Capabilities>}
 */
export const askCapabilities = async () => {
  try {
    const question = createQuestion();
    try {
      await question.until(keepReply());
    } finally {
      question.close();
    }
  } catch {}
  return known;
};
