// Runs in the page: the generators and the properties of each function of the package.

import * as fc from "fast-check";

import { build, calls } from "./build.mjs";
import { argument, member, nearly, value } from "./describe.mjs";
import { Flaw, judgeExplanation, judgeMethod, judgeResult, judgeSupport, METHOD_NAMES } from "./judge.mjs";
import { createOwnServer, REPLIES } from "./own-server.mjs";
import { answerOf, attempt, PATIENCE } from "./play.mjs";
import { ANSWERS, createWorld, hasten } from "./world.mjs";

const patient = fc.oneof({ weight: 30, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });

const answered = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("never answers", ...Object.keys(ANSWERS)) },
  { weight: 1, arbitrary: fc.record({ rejects: value }) },
  { weight: 1, arbitrary: fc.record({ resolves: value }) },
  { weight: 1, arbitrary: fc.record({ throws: value }) },
  { weight: 1, arbitrary: fc.record({ text: value }) },
  {
    weight: 2,
    arbitrary: fc.record({ body: fc.json(), status: fc.constantFrom(200, 201, 400, 401, 409, 429, 500, 503) }),
  },
);
const cloud = fc.oneof(
  { weight: 1, arbitrary: fc.constant(["accepts"]) },
  { weight: 1, arbitrary: fc.array(answered, { minLength: 1, maxLength: 4 }) },
);

const person = fc.oneof(
  { weight: 6, arbitrary: fc.record({ resolves: nearly("credential", { most: 0 }) }) },
  { weight: 3, arbitrary: fc.record({ resolves: argument("credential", { odds: 0 }) }) },
  { weight: 1, arbitrary: fc.record({ rejects: value }) },
  { weight: 1, arbitrary: fc.record({ throws: value }) },
  { weight: 1, arbitrary: fc.record({ returns: value }) },
  { weight: 1, arbitrary: fc.constantFrom("never answers", "knows no signal") },
);

const reply = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("never answers", ...Object.keys(REPLIES)) },
  { weight: 3, arbitrary: fc.record({ resolves: argument("reply", { most: 2, odds: 0 }) }) },
  { weight: 1, arbitrary: fc.record({ returns: value }) },
  { weight: 1, arbitrary: fc.record({ rejects: value }) },
  { weight: 1, arbitrary: fc.record({ throws: value }) },
);
const replies = fc.array(reply, { minLength: 1, maxLength: 3 });
/** The page's own relying party. */
const own = fc.record({ finalize: replies, status: replies });

const settings = fc.oneof(
  { weight: 1, arbitrary: fc.constant("undefined") },
  { weight: 4, arbitrary: argument("settings", { most: 2, odds: 0 }) },
  { weight: 2, arbitrary: argument("ownSettings", { most: 2, odds: 0 }) },
);

const object = (names, contents) =>
  fc.record({
    members: fc.array(fc.tuple(names, contents), { minLength: 1, maxLength: 4 }),
    as: fc.constantFrom("plain", "null", "frozen"),
  });

/** Options of `explain`, with an odd value at any depth. */
const ownWords = ["words language", "en EN-us", "generic dismissed unknown", "title advice"].reduceRight(
  (contents, names) =>
    fc.oneof(
      { weight: 1, arbitrary: member },
      { weight: 4, arbitrary: object(fc.constantFrom(...names.split(" ")), contents) },
    ),
  fc.oneof({ weight: 1, arbitrary: member }, { weight: 4, arbitrary: fc.constant({ json: "Own words." }) }),
);

const NEUTRAL = () => ({
  baseUrl: "https://cloud.example",
  signal: new AbortController().signal,
  mediation: "optional",
  usernameless: false,
  finalizeTimeout: 10_000,
  onProgress() {},
  onExtensionResults() {},
});

/** The outcome of a method, as one word. */
const kindOf = (method, result) => {
  const { status, error, auth_req_id, token } = result ?? {};
  const outcome = [error ?? status ?? auth_req_id ?? token ?? (result === null ? "null" : "token")].join();
  // A server's code is any string.
  return `${method}: ${/^[a-z_-]+[0-9]*$/.test(outcome) ? outcome : "other"}`;
};

/** The properties by name: the cases, and how to run one. */
export const createProperties = ({ module, explain, CIBAClient, texts, hasAuthenticator }) => {
  const world = createWorld();
  const ownServer = createOwnServer(world);
  world.install(hasAuthenticator);
  hasten();
  // The browser's virtual authenticator takes time.
  const patienceOf = ({ isPatient }) => (isPatient ? PATIENCE : hasAuthenticator ? 60 : undefined);
  const inner = [];
  let begun = 0;
  const start = (given) => {
    world.begin({ ...given, cloud: [...given.cloud] });
    ownServer.begin(given.own);
    inner.length = begun = 0;
  };
  const assertInner = async () => {
    for (const [name, call] of inner) judge(name, await answerOf(() => call, end));
  };
  const controller = new AbortController();
  Object.assign(calls, {
    cancel: () => module.cancel(),
    abort: () => controller.abort(),
    configure: () => module.configure(NEUTRAL()),
  });
  for (const name of ["authenticate", "register"])
    calls[name] = () => {
      // The call may run a callback before it returns.
      if (begun++ < 4) inner.push([name, module[name](build({ valid: name }), { baseUrl: "https://cloud.example" })]);
    };

  const end = () => {
    module.cancel();
    world.end();
    // A call from a callback may be prompting by now.
    queueMicrotask(() => module.cancel());
  };
  const judge = (name, result, settings) => {
    // A function of strange settings may return one as well.
    const isSuccessPossible = world.hasGivenToken || /"token"/.test(JSON.stringify(settings) ?? "");
    judgeResult(name, result, texts, { isSuccessPossible });
    ownServer.judge();
    return result.code.statusCode;
  };

  const ceremony = (name) => ({
    arbitrary: fc.record({ options: argument(name), settings, person, cloud, own, isPatient: patient }),
    async play(given) {
      start(given);
      const [options, settings] = [build(given.options), build(given.settings)];
      const result = await answerOf(() => module[name](options, settings), end, patienceOf(given));
      const code = judge(name, result, given.settings);
      await assertInner();
      return [code];
    },
  });

  const asking = {
    arbitrary: fc.record({
      transaction: argument("transaction", { odds: 0 }),
      settings: fc.oneof(
        { weight: 1, arbitrary: settings },
        { weight: 4, arbitrary: argument("outcomeSettings", { most: 2, odds: 0 }) },
      ),
      cloud,
      own,
      isPatient: patient,
    }),
    async play(given) {
      start(given);
      const [transaction, settings] = [build(given.transaction), build(given.settings)];
      const result = await answerOf(() => module.outcome(transaction, settings), end, patienceOf(given));
      // Which of the two, the transaction says, whose property may change.
      const isRegistration = /^(success-registration|error-1)/.test(result?.code?.statusCode);
      const code = judge(isRegistration ? "register" : "authenticate", result, given.settings);
      await assertInner();
      return [code];
    },
  };

  const configuring = {
    arbitrary: fc.record({ given: argument("settings", { most: 2, odds: 0 }), person, cloud }),
    async play({ given, ...more }) {
      start(more);
      const settings = build(given);
      const seen = ["accepted"];
      try {
        module.configure(settings);
      } catch {
        // It may throw for invalid settings, or what the page's getters throw.
        seen[0] = "refused";
      }
      try {
        for (const name of ["authenticate", "register"])
          seen.push(judge(name, await answerOf(() => module[name](build({ valid: name })), end)));
        await answerOf(() => module.ready(), end);
        judgeSupport(await answerOf(() => module.support(), end));
        await assertInner();
        if (attempt(() => module.cancel()) !== undefined) throw new Flaw("cancel() returns something");
      } finally {
        const neutral = NEUTRAL();
        Object.defineProperty(neutral, "__proto__", { value: Object.prototype, enumerable: true });
        module.configure(neutral);
      }
      return seen;
    },
  };

  const constructing = {
    arbitrary: fc.record({ options: argument("client", { most: 2, odds: 0 }) }),
    async play({ options }) {
      start({ cloud: ["takes it up", "approves"] });
      const given = build(options);
      let client;
      try {
        client = new CIBAClient(given);
      } catch {
        return ["refused"]; // as documented
      }
      const stop = () => {
        client.cancelApproval("ada@example.com");
        world.end();
      };
      const result = await answerOf(() => client.safeAuthenticate("ada@example.com"), stop);
      judgeMethod("safeAuthenticate", result, { isSuccessPossible: world.hasGivenToken });
      return ["accepted", kindOf("safeAuthenticate", result)];
    },
  };

  let client;
  let uses = 0;
  const email = fc.oneof({ weight: 3, arbitrary: fc.constant({ json: "ada@example.com" }) }, value);
  const code = fc.oneof({ weight: 3, arbitrary: fc.constant({ json: "123456" }) }, value);
  const method = {
    arbitrary: fc.record({
      calls: fc.array(
        fc.record({
          method: fc.constantFrom(...METHOD_NAMES),
          email,
          code,
          options: argument("method", { most: 2, odds: 0 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      cloud: fc.array(answered, { minLength: 1, maxLength: 4 }),
      isPatient: patient,
    }),
    async play(given) {
      start({ cloud: given.cloud });
      // A client has state, but creating one for each case would take most of the time.
      if (!(uses++ % 20)) client = new CIBAClient({ baseUrl: "https://auth.example", requestTimeout: 10_000 });
      const own = client;
      calls.cancel = () => own.cancelApproval("ada@example.com");
      const begun = given.calls.map((one) => {
        const [address, second, options] = [one.email, one.code, one.options].map(build);
        const { method: name } = one;
        const values = {
          pollForApproval: [address, second, options],
          verifyTotp: [address, second],
          cancelApproval: [address],
        }[name] ?? [address, options];
        return { name, address, answer: attempt(() => own[name](...values)) };
      });
      const seen = [];
      for (const { name, address, answer } of begun) {
        const stop = () => {
          own.cancelApproval(address);
          world.end();
        };
        const result = name === "cancelApproval" ? answer : await answerOf(() => answer, stop, patienceOf(given));
        judgeMethod(name, result, { isSuccessPossible: world.hasGivenToken });
        seen.push(kindOf(name, result));
      }
      calls.cancel = () => module.cancel();
      await assertInner();
      return seen;
    },
  };

  const explaining = {
    arbitrary: fc.record({
      outcome: argument("result", { most: 2, odds: 0 }),
      options: fc.oneof({ weight: 1, arbitrary: value }, { weight: 3, arbitrary: ownWords }),
    }),
    play({ outcome, options }) {
      const values = [outcome, options].map(build);
      const explanation = attempt(() => explain(...values));
      // A title of the page may have any length.
      judgeExplanation(explanation, undefined, Infinity);
      return [explanation.title];
    },
  };

  return {
    authenticate: ceremony("authenticate"),
    register: ceremony("register"),
    outcome: asking,
    configure: configuring,
    constructor: constructing,
    method,
    explain: explaining,
  };
};
