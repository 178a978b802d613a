// Tokens, assertions, user handles and status tokens appear only in request bodies and in the result, for every outcome of a
// ceremony.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { openStage } from "./secrets/stage.mjs";
import { always, result, status, times } from "./support/faults.mjs";
import { CEREMONIES, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, setting } = useShop();

const SHORT = { finalizeTimeout: 800 };
/** Not a cut connection: the browser might resend the request by itself, and that copy would be rejected. */
const LOST = result("http", { status: 503, processed: true });
const UNAVAILABLE = status("http", { status: 503 });

/** The outcomes of a ceremony: the last two digits of the code, and what leads to it. */
const ENDS = {
  "a success": { code: "success" },
  "a success that the status tells": { code: "success", faults: [LOST] },
  "a success after a cut connection": { code: "success", faults: [result("cut-after")] },
  "a success of the third attempt": { code: "success", faults: times(2, result("http", { status: 503 })) },
  "a success in spite of callbacks that throw": { code: "success", twist: "throw" },
  "a success whose outcome the page asks for again": { code: "success", twist: "outcome" },
  "invalid options": {
    code: "00",
    change: (argument, { options }) =>
      (argument[options] = { ...argument[options], challenge: `${argument.statusToken}!` }),
  },
  "options that are something else": {
    code: "00",
    change: (argument, { options }) => (argument[options] = argument.statusToken),
  },
  "a prompt that the page ended": { code: "01", twist: "abort" },
  "an authenticator that does not consent": { code: "01", verified: false },
  "a refusal": { code: "02", faults: [result("refused", { message: "Not this device." })] },
  "a refusal by HTTP 404": { code: "02", faults: [result("http", { status: 404 })] },
  "an answer that is a web page, and no word of the status": {
    code: "02",
    faults: [result("not-json", { processed: true }), ...always(UNAVAILABLE)],
    settings: SHORT,
  },
  "no answer in time": {
    code: "02",
    faults: [...always(result("delay", { ms: 3000 })), ...always(status("delay", { ms: 3000 }))],
    settings: SHORT,
  },
  "no connection": { code: "02", faults: always(result("cut-before")), settings: SHORT },
  "a redirect": { code: "success", faults: [result("redirect", { location: "/elsewhere" })] },
  "a status redirected": { code: "success", faults: [LOST, status("redirect", { location: "/elsewhere" })] },
  "no userId": { code: "03", only: "authenticate", change: (argument) => (argument.userId = "") },
  "a statusToken that is no text": {
    code: "04",
    change: (argument) => (argument.statusToken = [argument.statusToken]),
  },
  "no WebAuthn": { code: "05", twist: "unsupported" },
  "an invalid setting": { code: "99", settings: { baseUrl: "http://shop.example" } },
};

const CRASHES = Object.fromEntries(
  ["start", "first-poll", "later-poll"].map((panicAt) => [
    `a crash: ${panicAt}`,
    { code: "99", settings: { panicAt, ...SHORT } },
  ]),
);

const holds = (version, ends) => {
  for (const name of names)
    describe(`${version}, ${name}`, { concurrency: 1 }, () => {
      let stage, user;
      before(async () => {
        stage = await openStage(setting, { version });
        const enrollment = await shop.enroll({ options: { authenticatorSelection: { residentKey: "required" } } });
        ({ user } = enrollment);
        assert.equal((await stage.run("register", enrollment)).result.code.statusCode, "success-registration");
      });
      after(() => stage?.close());

      for (const [title, { code, faults, change, settings, twist, verified = true, only = name }] of Object.entries(
        ends,
      )) {
        if (only !== name) continue;
        test(title, async () => {
          const verification = { userVerification: "required" };
          const started = await shop.start(name, user, {
            faults,
            options: name === "register" ? { authenticatorSelection: verification } : verification,
          });
          const { statusToken } = started.argument;
          change?.(started.argument, CEREMONIES[name]);
          await stage.authenticator("setUserVerified", { isUserVerified: verified });
          const ran = await stage.run(name, { ...started, statusToken }, { settings, twist });
          const { success, prefix } = CEREMONIES[name];
          assert.equal(ran.result.code.statusCode, code === "success" ? success : prefix + code, ran.result.message);
          const { secrets } = ran;
          assert.deepEqual(await stage.leaks(secrets), []);
          for (const secret of Object.values(secrets))
            if (!ran.result.success) assert.ok(!ran.result.message.includes(secret), "a failure quotes a secret");
          for (const { path, body } of ran.sent) {
            if (path === "/api/v1/status") assert.deepEqual(body, { statusToken });
            else assert.equal(body.statusToken, statusToken);
            if (secrets.token) assert.ok(!JSON.stringify(body).includes(secrets.token), "the token was sent on");
          }
        });
      }
    });
};

// Each on a separate page.
describe("no outcome of a ceremony leaks a secret", { concurrency: 3 }, () => {
  holds("WebAssembly", ENDS);
  holds("JavaScript", ENDS);
  holds("crashing", CRASHES);
});
