// Runs in the page: opens frames with patched globals, and calls the package there.

import { nextTask } from "../in-page.mjs";
import { Flaw, judgeCause, judgeExplanation, judgeMethod, judgeResult, judgeSupport } from "./judge.mjs";
import { pass } from "./world.mjs";

/** In milliseconds; the calls take a tenth of a second at most. */
const HANG = 10_000;

const answerOf = async (what, act) => {
  try {
    const hang = {};
    const answer = await Promise.race([act(), pass(HANG).then(() => hang)]);
    if (answer === hang) throw new Flaw("hangs");
    return answer;
  } catch (error) {
    throw error instanceof Flaw
      ? new Flaw(`${what} ${error.message}`)
      : new Flaw(`${what} fails: ${error?.stack ?? error}`);
  }
};

const check = async (what, act, judge) => {
  const answer = await answerOf(what, act);
  try {
    judge(answer);
  } catch (error) {
    throw new Flaw(`${what} ${error.message}`);
  }
  return answer;
};

/** Reads only own properties, because the frame's prototypes may be polluted. */
const wordOf = (result) => {
  const { error, status } = typeof result == "object" && result ? Object.getOwnPropertyDescriptors(result) : {};
  return error?.value ?? status?.value ?? (result ? "done" : "null");
};

const EMAIL = "ada@example.com";

const TEXT = { title: "Own title", advice: "Own advice." };
const OWN_WORDS = { language: "nl-BE", words: { nl: { generic: TEXT, noWebAuthn: TEXT }, de: { dismissed: TEXT } } };

/** How often autofill may start an approval while every one fails, in the moment that a test watches. */
const MOST_APPROVALS = 3;

/** Runs autofill for a moment. Returns one word for its outcome. */
const fillIn = async ({ module, createAutofill }, startApproval, settings, judge) => {
  const told = [];
  let approvals = 0;
  const handlers = {
    onResult: (result) => told.push(result),
    onError: () => told.push("error"),
  };
  const start = () => {
    // One after the other without a pause would keep the page from answering.
    if (++approvals > MOST_APPROVALS) return new Promise(() => {});
    return startApproval();
  };
  const handle = await answerOf("createAutofill", () => createAutofill(module)(start, handlers, settings));
  for (let waited = 0; !told.length && waited < 10; waited++) await pass(10);
  await answerOf("autofill's stop", () => handle.stop());
  if (approvals > MOST_APPROVALS) throw new Flaw("autofill starts approvals without a pause");
  for (const result of told) if (result !== "error") judge(result);
  return `autofill: ${told.length ? (told[0].code?.statusCode ?? told[0]) : "nothing"}`;
};

/** Calls everything once, some of it concurrently. Returns one word for each outcome. */
const callAll = async (entries, { stock }, frame, texts) => {
  const { module, CIBAClient, causeOf, explain } = entries;
  const seen = [];
  const options = { frame, isCrashPossible: true };
  const ceremony = async (name, at) => {
    const act = () => module[name](stock[name][at], stock.settings);
    const result = await check(name, act, (value) => judgeResult(name, value, texts, options));
    seen.push(result.code.statusCode);
    await check(
      "causeOf",
      () => causeOf(result),
      (value) => judgeCause(value, frame),
    );
    for (const own of [undefined, OWN_WORDS])
      await check(
        "explain",
        () => explain(result, own),
        (value) => judgeExplanation(value, frame),
      );
  };
  await answerOf("ready", () => module.ready());
  await check(
    "support",
    () => module.support(),
    (value) => judgeSupport(value, frame),
  );
  await ceremony("authenticate", 0);
  await ceremony("register", 0);
  await Promise.all([ceremony("authenticate", 1), ceremony("register", 1)]);
  const judge = (result) => judgeResult("authenticate", result, texts, options);
  seen.push(await fillIn(entries, () => stock.authenticate[0], stock.settings, judge));
  const reject = () => {
    throw new Error("The shop's backend is out of order.");
  };
  seen.push(await fillIn(entries, reject, stock.settings, judge));
  await answerOf("cancel", () => module.cancel());
  const client = await answerOf(
    "new CIBAClient",
    () => new CIBAClient({ baseUrl: "https://auth.example", requestTimeout: 200 }),
  );
  for (const [name, ...values] of [
    ["safeAuthenticate", EMAIL, { timeout: 0 }],
    ["initiateAppApproval", EMAIL],
    ["pollForApproval", EMAIL, "request-1", { timeout: 0 }],
    ["verifyTotp", EMAIL, "123456"],
    ["authenticateWithRetry", EMAIL, { maxRetries: 1, timeout: 0 }],
    ["cancelApproval", EMAIL],
  ]) {
    const result = await check(
      name,
      () => client[name](...values),
      (value) => judgeMethod(name, value, options),
    );
    seen.push(`${name}: ${wordOf(result)}`);
  }
  return seen;
};

const openFrame = async (names, when) => {
  const frame = document.createElement("iframe");
  frame.src = `/frame?${new URLSearchParams([["when", when], ...names.map((name) => ["patch", name])])}`;
  const delivered = new Promise((resolve) => {
    globalThis.deliver = resolve;
  });
  document.body.append(frame);
  try {
    const entries = await answerOf("the package's loading", () => delivered);
    if (when === "after") {
      await entries.module.ready();
      frame.contentWindow.patched.applyPatches();
    }
    return { frame, entries, patched: frame.contentWindow.patched };
  } catch (error) {
    frame.remove();
    throw error;
  }
};

/** Patches a frame and calls everything there. Returns the outcomes, or the flaw. */
const tryOne = async (names, when, texts) => {
  const errors = [];
  globalThis.watch = (target) => {
    target.addEventListener("error", ({ message, error }) => errors.push(`uncaught: ${message} ${error?.stack}`));
    target.addEventListener("unhandledrejection", ({ reason }) => errors.push(`unhandled: ${reason?.stack ?? reason}`));
  };
  let opened;
  try {
    opened = await openFrame(names, when);
    const seen = await callAll(opened.entries, opened.patched, opened.patched.native, texts);
    await nextTask();
    if (errors.length) throw new Flaw("leaves errors that nobody caught");
    return { seen };
  } catch (error) {
    return { flaw: [error.message, ...errors].join("; ") };
  } finally {
    opened?.frame.remove();
  }
};

/** Whether a page can replace what is at a path. */
const isReplaceable = (global, path) => {
  const steps = path.split(".");
  const name = steps.pop();
  let holder = global;
  for (const step of steps) {
    if (holder === null || (typeof holder != "object" && typeof holder != "function")) return false;
    holder = holder[step];
  }
  if (holder === null || (typeof holder != "object" && typeof holder != "function") || !(name in holder)) return false;
  return Object.getOwnPropertyDescriptor(holder, name)?.configurable ?? Object.isExtensible(holder);
};

globalThis.patching = {
  /** What no patch replaces of what the package reads (support/hostile/reads.mjs), of all that a page can replace. */
  async unpatched({ paths, rust }) {
    globalThis.watch = () => {};
    const { frame, patched } = await openFrame([], "before");
    const { contentWindow: global } = frame;
    const read = new Set(paths);
    for (const { name, names } of rust)
      for (const path of [name, ...names.map((other) => `${name}.${other}`)]) read.add(path);
    const replaceable = [...read].filter((path) => isReplaceable(global, path));
    frame.remove();
    return {
      replaceable,
      unpatched: replaceable.filter((path) => !patched.names.some((name) => name.startsWith(`${path} `))),
    };
  },

  /** The patches. */
  async names() {
    globalThis.watch = () => {};
    const { frame, patched } = await openFrame([], "before");
    frame.remove();
    return patched.names;
  },

  /** Tries several in sequence. Returns the flaws and the count of each outcome. */
  async run(combinations, when, texts) {
    const flaws = [];
    const spread = {};
    for (const names of combinations) {
      const { flaw, seen = [] } = await tryOne(names, when, texts);
      if (flaw) flaws.push([names, flaw]);
      for (const outcome of seen) spread[outcome] = (spread[outcome] ?? 0) + 1;
    }
    return { flaws, spread };
  },
};
