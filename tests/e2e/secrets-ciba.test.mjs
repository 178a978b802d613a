// No auth_req_id, access token or TOTP code is anywhere but in the request's body and in the result, however a push or a code
// ends, and whatever the logger is told.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { openWatched } from "./secrets/watched-page.mjs";
import { openPhone, otherThan } from "./support/phone.mjs";
import { useShop } from "./support/setting.mjs";

const CARRIERS = /\/(ciba\/(initiate|token)|totp\/login)$/;

// On a busy machine the faults alone take a minute.
const { shop, setting } = useShop({ requestSeconds: 300 });

/** Evaluated in the page: a client that tells all it can. */
const install = async (options) => {
  const { CIBAClient, getUserFriendlyError } = await import("/pkg/ciba.js");
  const { explain } = await import("/pkg/explain.js");
  const onEnd = (event) => globalThis.watch.note("end", event);
  const client = new CIBAClient({ ...options, logger: console, onEnd });
  const call = async (method, values, { code, ...options } = {}) => {
    const result = await client[method](...values, {
      onProgress: (progress) => globalThis.watch.note("progress", progress),
      ...(code && { promptForCode: () => code }),
      ...options,
    });
    const words = getUserFriendlyError(result?.error ?? result?.status);
    globalThis.watch.note("explanation", explain(result), words);
    return result;
  };
  globalThis.stage = { call };
};

/** The secrets among the members of a request, as far as it has them. */
const given = ({ auth_req_id, totp_code }) => ({
  ...(auth_req_id && { auth_req_id }),
  ...(totp_code && { totp_code }),
});

const openStage = async (options) => {
  const watched = await openWatched(setting, { carriers: CARRIERS });
  const { page, recorder } = watched;
  await page.evaluate(install, { baseUrl: recorder.baseUrl, ...options });
  /** Unwatched: a phone shows what it is asked. */
  const phones = await setting.browser.newContext();
  return {
    ...watched,

    /** A new person, with what the person and the page do. */
    async newPerson(...faults) {
      const email = await shop.newPerson();
      if (faults.length) await shop.commitFor(email, ...faults);
      const from = recorder.requests.length;
      const phone = await openPhone(phones, shop, email);
      return {
        phone,
        call: (method, options, ...values) =>
          page.evaluate(
            ([name, given, rest]) => globalThis.stage.call(name, given, rest),
            [method, [email, ...values], options],
          ),
        /** Every secret that a request carried. */
        carried: () => {
          const bodies = recorder.requests.slice(from).flatMap(({ body }) => (body ? [JSON.parse(body)] : []));
          return Object.assign({}, ...bodies.map(given));
        },
        leave: () => phone.tab.close(),
      };
    },

    async close() {
      await phones.close();
      await watched.close();
    },
  };
};

const initiate = async (person) => {
  const { error, auth_req_id } = await person.call("initiateAppApproval");
  assert.equal(error, undefined);
  return auth_req_id;
};

const fault = (at, kind, more) => ({ at, kind, ...more });
const UNAVAILABLE = { status: 503 };

/** What is done, and the secrets that came of it. */
const ENDS = {
  "a push approved": async (person) => {
    const auth_req_id = await initiate(person);
    const poll = person.call("pollForApproval", {}, auth_req_id);
    await person.phone.approve();
    const { status, token } = await poll;
    assert.equal(status, "approved");
    return { auth_req_id, token };
  },
  "a push denied": async (person) => {
    const auth_req_id = await initiate(person);
    await person.phone.deny();
    assert.equal((await person.call("pollForApproval", {}, auth_req_id)).status, "access_denied");
    return { auth_req_id };
  },
  "a push that nobody decides in time": async (person) => {
    const auth_req_id = await initiate(person);
    assert.equal((await person.call("pollForApproval", { timeout: 1 }, auth_req_id)).status, "timeout");
    return { auth_req_id };
  },
  "a push cancelled": async (person) => {
    const auth_req_id = await initiate(person);
    const poll = person.call("pollForApproval", {}, auth_req_id);
    await person.call("cancelApproval");
    assert.equal((await poll).status, "cancelled");
    return { auth_req_id };
  },
  "a poll of an unknown request": async (person) => {
    const auth_req_id = randomUUID();
    assert.equal((await person.call("pollForApproval", {}, auth_req_id)).status, "expired_token");
    return { auth_req_id };
  },
  "a push through faults of every kind": {
    faults: [
      // First: what is processed and lost after the approval would lose its token.
      fault("token", "truncated", { processed: true }),
      fault("token", "cut-before"),
      fault("token", "http", UNAVAILABLE),
      fault("token", "not-json"),
      fault("token", "redirect", { location: "/elsewhere" }),
    ],
    act: async (person) => {
      const auth_req_id = await initiate(person);
      await person.call("pollForApproval", { timeout: 0 }, auth_req_id);
      await person.phone.approve();
      const { status, token } = await person.call("pollForApproval", { interval: 0.3 }, auth_req_id);
      assert.equal(status, "approved");
      return { auth_req_id, token };
    },
  },
  "a push that the service does not take up": {
    faults: [fault("initiate", "http", UNAVAILABLE), fault("initiate", "cut-after")],
    barren: true,
    act: async (person) => {
      for (const error of ["server_error", "connection_failed"])
        assert.equal((await person.call("initiateAppApproval")).error, error);
      return {};
    },
  },
  "a push and its poll in one": async (person) => {
    const result = person.call("safeAuthenticate");
    await person.phone.approve();
    return { token: (await result).token };
  },
  "a push that is tried again": {
    faults: [fault("initiate", "http", UNAVAILABLE)],
    act: async (person) => {
      const result = person.call("authenticateWithRetry");
      await person.phone.approve();
      const token = await result;
      assert.match(token, /^eyJ/);
      return { token };
    },
  },
  "no answer, then the code": async (person) => {
    const code = await person.phone.code();
    const token = await person.call("authenticateWithFallback", { timeout: 1, code });
    assert.match(token, /^eyJ/);
    return { code, token };
  },
  "a code": async (person) => {
    const code = await person.phone.code();
    const { success, token } = await person.call("verifyTotp", {}, code);
    assert.equal(success, true);
    return { code, token };
  },
  "codes that are wrong, too many of them": async (person) => {
    const wrong = otherThan(await person.phone.code());
    for (const error of ["invalid_code", "invalid_code", "invalid_code", "too_many_retries"])
      assert.equal((await person.call("verifyTotp", {}, wrong)).error, error);
    return { wrong };
  },
  "a code that is none": async (person) => {
    const result = await person.call("verifyTotp", {}, "48151623");
    assert.equal(result.success, false);
    return { code: "48151623" };
  },
  "a code through faults": {
    faults: [
      fault("totp", "http", UNAVAILABLE),
      fault("totp", "redirect", { location: "/elsewhere" }),
      fault("totp", "not-json"),
    ],
    act: async (person) => {
      const code = await person.phone.code();
      for (let count = 0; count < 3; count++) assert.equal((await person.call("verifyTotp", {}, code)).success, false);
      return { code };
    },
  },
};

describe("no outcome leaks a secret", { concurrency: 2 }, () => {
  for (const [flow, options] of [
    ["admin", {}],
    ["tenant", { clientId: "a-client" }],
  ])
    describe(flow, { concurrency: 1 }, () => {
      let stage;
      before(async () => (stage = await openStage(options)));
      after(() => stage?.close());

      for (const [title, end] of Object.entries(ENDS))
        test(title, async () => {
          const { act = end, faults = [], barren = false } = end;
          const person = await stage.newPerson(...faults);
          const secrets = { ...(await act(person)), ...person.carried() };
          await person.leave();
          assert.equal(Object.keys(secrets).length > 0, !barren, "there were secrets to look for");
          for (const [name, secret] of Object.entries(secrets)) assert.equal(typeof secret, "string", name);
          assert.deepEqual(await stage.leaks(secrets), []);
        });

      test("and the logger was told a lot", async () => {
        const told = await stage.page.evaluate(async () =>
          (await globalThis.watch.report()).filter(([channel]) => channel.startsWith("console.")),
        );
        assert.ok(new Set(told.map(([channel]) => channel)).size >= 3, "the logger has more than three levels");
        assert.ok(told.length > 30);
      });
    });
});
