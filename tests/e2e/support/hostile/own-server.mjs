// Runs in the page: the page's own relying party, by the settings `finalize` and `status`, with generated replies.

import { nextTask } from "../in-page.mjs";
import { build } from "./build.mjs";
import { Flaw } from "./judge.mjs";
import { ownFunctions } from "./valid.mjs";

const TOKEN = "transaction-token";

/** Replies of either function, by a name that a failure can print. */
export const REPLIES = {
  accepts: () => ({ token: TOKEN }),
  refuses: () => ({ errorMessage: "no" }),
  "says succeeded": () => ({ status: "succeeded", token: TOKEN }),
  "says failed": () => ({ status: "failed", errorMessage: "no" }),
  "says pending": () => ({ status: "pending" }),
  "says unknown": () => ({ status: "unknown" }),
  "says another word": () => ({ status: "decided" }),
  "says succeeded without a token": () => ({ status: "succeeded" }),
  "gives a token of a million characters": () => ({ status: "succeeded", token: "A".repeat(1_000_000) }),
  "gives an empty token": () => ({ status: "succeeded", token: "" }),
  "gives a token that is no string": () => ({ status: "succeeded", token: 7 }),
  "gives a boxed token": () => ({ status: "succeeded", token: new String(TOKEN) }),
  "gives a token and a reason": () => ({ token: TOKEN, errorMessage: "no" }),
  "gives a reason of a million characters": () => ({ errorMessage: "é".repeat(1_000_000) }),
  "gives a reason that is no string": () => ({ errorMessage: { text: "no" } }),
  "gives a Response": () => new Response(JSON.stringify({ token: TOKEN })),
};

const isObject = (value) => Object(value) === value;

/** A plain object of this page, with no other properties than these. */
const isPlain = (value, names) =>
  isObject(value) &&
  Object.getPrototypeOf(value) === Object.prototype &&
  Reflect.ownKeys(value).every((name) => names.includes(name));

const CREDENTIAL = ["id", "rawId", "type", "response", "authenticatorAttachment", "clientExtensionResults"];

/** What is wrong with the arguments of a function, if anything is. */
const ARGUMENTS = {
  finalize: ([credential, context, ...more]) =>
    !isPlain(credential, CREDENTIAL) || !credential.id || credential.type !== "public-key"
      ? "not a credential in WebAuthn's JSON form"
      : !isPlain(context, ["statusToken", "signal"]) || !(context.signal instanceof AbortSignal)
        ? "not a context with a signal"
        : more.length > 0 && "more than two arguments",
  status: ([query, ...more]) =>
    !isPlain(query, ["statusToken", "credentialId"])
      ? "not a query of a transaction"
      : more.length > 0 && "more than one argument",
};

/** Plays the server of a world. */
export const createOwnServer = (world) => {
  let replies, flaws, finalizations, pending;

  /** Notes what a reply may mean. A strange object can have any property, at one time or another. */
  const note = (name, value, isKnown) => {
    if (isKnown ? typeof value.token == "string" && value.token !== "" : isObject(value)) world.hasGivenToken = true;
    if (name === "status" && (isKnown ? value.status === "pending" : isObject(value))) pending++;
    return value;
  };

  const reply = (name, values) => {
    const flaw = ARGUMENTS[name](values);
    if (flaw) flaws.push(`${name} was passed ${flaw}`);
    if (name === "finalize" && ++finalizations > 1 + pending)
      flaws.push(`finalize was called ${finalizations} times after ${pending} times pending`);
    // So that a call that waits for a decision ends.
    if (world.hasEnded) return { status: "failed" };
    const queue = replies[name];
    const one = queue.length > 1 ? queue.shift() : queue[0];
    if (one === "never answers") return world.never(name === "finalize" ? values[1]?.signal : undefined);
    if (typeof one == "string") return nextTask().then(() => note(name, REPLIES[one](), true));
    if (one.throws !== undefined) throw build(one.throws);
    if (one.rejects !== undefined) return nextTask().then(() => Promise.reject(build(one.rejects)));
    if (one.returns !== undefined) return note(name, build(one.returns), false);
    return nextTask().then(() => note(name, build(one.resolves), false));
  };

  for (const name of ["finalize", "status"]) ownFunctions[name] = (...values) => reply(name, values);

  return {
    begin(given = { finalize: ["accepts"], status: ["says pending"] }) {
      replies = { finalize: [...given.finalize], status: [...given.status] };
      flaws = [];
      finalizations = pending = 0;
    },
    judge() {
      if (flaws.length) throw new Flaw(flaws.join("; "));
    },
  };
};
