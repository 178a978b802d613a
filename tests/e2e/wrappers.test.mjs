// Password managers replace navigator.credentials: what they return works if possible, and nothing hangs.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { assertFailure, assertSuccess, CEREMONIES, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open, openWithUser, borrow } = useShop();

/** A page with a user, and `standIn` instead of the methods of `navigator.credentials`. */
const borrowWith = async (t, standIn) => {
  const page = await borrow(t);
  await page.replaceCredentials(standIn);
  return page;
};

describe("a credential that fails instanceof and lacks toJSON is accepted", () => {
  const credentials = {
    "a plain object of buffers": async (real, options) => {
      const { id, type, rawId, response } = await real(options);
      const { clientDataJSON, attestationObject, authenticatorData, signature, userHandle } = response;
      return {
        ...{ id, type, rawId },
        response: { clientDataJSON, attestationObject, authenticatorData, signature, userHandle },
      };
    },
    "views into larger buffers": async (real, options) => {
      const view = (buffer) => {
        if (!buffer) return buffer;
        const larger = new Uint8Array(buffer.byteLength + 9);
        larger.set(new Uint8Array(buffer), 5);
        return new DataView(larger.buffer, 5, buffer.byteLength);
      };
      const { rawId, response } = await real(options);
      const members = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
      return {
        rawId: view(rawId),
        response: Object.fromEntries(members.map((name) => [name, view(response[name])])),
      };
    },
    "buffers of another realm": async (real, options) => {
      const { Uint8Array: Foreign } = document.body.appendChild(document.createElement("iframe")).contentWindow;
      const foreign = (buffer) => buffer && new Foreign([...new Uint8Array(buffer)]).buffer;
      const { rawId, response } = await real(options);
      const members = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
      return {
        rawId: foreign(rawId),
        response: Object.fromEntries(members.map((name) => [name, foreign(response[name])])),
      };
    },
    "extension results that throw": async (real, options) => {
      const { rawId, response } = await real(options);
      return {
        rawId,
        response,
        getClientExtensionResults() {
          throw new Error("not implemented");
        },
      };
    },
    "a toJSON that throws": async (real, options) => {
      const credential = await real(options);
      credential.toJSON = () => {
        throw new TypeError("Illegal invocation");
      };
      return credential;
    },
    "a toJSON of its own kind": async (real, options) => {
      const credential = await real(options);
      credential.toJSON = () => ({ id: "other", rawId: "other", response: {} });
      return credential;
    },
    "a thenable, no promise": (real, options) => ({
      // biome-ignore lint/suspicious/noThenProperty: that is what is tested
      then: (resolve, reject) => real(options).then(resolve, reject),
    }),
    "no user handle, but null": async (real, options) => {
      const { rawId, response } = await real(options);
      const { clientDataJSON, attestationObject, authenticatorData, signature } = response;
      return {
        rawId,
        response: { clientDataJSON, attestationObject, authenticatorData, signature, userHandle: null },
      };
    },
    "an empty user handle": async (real, options) => {
      const { rawId, response } = await real(options);
      const { clientDataJSON, attestationObject, authenticatorData, signature } = response;
      return {
        rawId,
        response: { clientDataJSON, attestationObject, authenticatorData, signature, userHandle: new ArrayBuffer() },
      };
    },
  };
  for (const [title, standIn] of Object.entries(credentials))
    test(title, async (t) => {
      const page = await borrowWith(t, standIn);
      for (const name of names) {
        const { argument } = await shop.start(name, page.user);
        const outcome = await page.call(name, argument, { wantsExtensionResults: true });
        assertSuccess(outcome, name);
        assert.equal((await shop.introspect(outcome.result.token)).active, true);
      }
    });

  test("navigator.credentials may be another object", async (t) => {
    const page = await open(t);
    const user = await page.newUser();
    await page.page.evaluate(() => {
      const real = navigator.credentials;
      Object.defineProperty(navigator, "credentials", {
        value: { get: (options) => real.get(options), create: (options) => real.create(options) },
      });
    });
    for (const name of names) assertSuccess(await page.call(name, (await shop.start(name, user)).argument), name);
  });
});

describe("an invalid credential is error-0001 or error-1001, and nothing is sent", () => {
  const answers = {
    null: async () => null,
    undefined: async () => undefined,
    text: async () => "credential",
    "an empty object": async () => ({}),
    "a credential without a response": async (real, options) => ({ rawId: (await real(options)).rawId }),
    "a credential with text for buffers": async () => ({
      rawId: "AAAA",
      response: { clientDataJSON: "AAAA", attestationObject: "AAAA", authenticatorData: "AAAA", signature: "AAAA" },
    }),
    "a password": async () => ({ id: "user", type: "password", password: "secret" }),
    "a credential whose members cannot be read": async () =>
      new Proxy(
        {},
        {
          get(_, name) {
            if (name === "then") return undefined;
            throw new Error("unreadable");
          },
        },
      ),
    "a plain value, no promise": () => 7,
  };
  for (const [title, standIn] of Object.entries(answers))
    test(title, async (t) => {
      const page = await borrowWith(t, standIn);
      for (const name of names) {
        const { argument } = await shop.start(name, page.user);
        const outcome = await page.call(name, argument);
        const message = assertFailure(outcome, name, "01");
        assert.ok(message.startsWith(CEREMONIES[name].refusal));
        assert.deepEqual(page.finalizations(name, argument), []);
      }
    });

  test("mediation conditional changes nothing about that", async (t) => {
    for (const standIn of [async () => null, async () => undefined]) {
      const page = await borrowWith(t, standIn);
      for (const name of names) {
        const { argument } = await shop.start(name, page.user);
        const outcome = await page.call(name, argument, { mediation: "conditional" });
        assertFailure(outcome, name, "01");
      }
    }
  });
});

describe("what is thrown or rejected with becomes the message", () => {
  const thrown = {
    "an exception": [
      () => {
        throw new DOMException("Not now.", "NotAllowedError");
      },
      "NotAllowedError: Not now.",
    ],
    "an error of the page's own": [
      () => {
        throw new RangeError("Too far.");
      },
      "RangeError: Too far.",
    ],
    "an object that is no error": [
      () => {
        throw { name: "VaultLocked", message: "Unlock it first." };
      },
      "VaultLocked: Unlock it first.",
    ],
    text: [
      () => {
        throw "the vault is locked";
      },
      /the vault is locked/,
    ],
    undefined: [
      () => {
        throw undefined;
      },
      /\S/,
    ],
    null: [
      () => {
        throw null;
      },
      /\S/,
    ],
    "a symbol": [
      () => {
        throw Symbol("vault");
      },
      /\S/,
    ],
    "an error that cannot be read": [
      () => {
        throw {
          get name() {
            throw new Error("unreadable");
          },
          get message() {
            throw new Error("unreadable");
          },
          toString() {
            throw new Error("unreadable");
          },
        };
      },
      /\S/,
    ],
  };
  for (const [title, [raise, words]] of Object.entries(thrown))
    for (const [way, standIn] of Object.entries({
      "thrown at once": String(raise),
      "in a promise": `async () => (${raise})()`,
    }))
      test(`${title}, ${way}`, async (t) => {
        const page = await borrowWith(t, standIn);
        for (const name of names) {
          const outcome = await page.call(name, (await shop.start(name, page.user)).argument);
          const { refusal } = CEREMONIES[name];
          const message = assertFailure(outcome, name, "01", typeof words === "string" ? refusal + words : words);
          assert.ok(message.startsWith(refusal));
        }
      });

  test("a method that throws because of its receiver is reported too", async (t) => {
    const page = await open(t);
    const user = await page.newUser();
    await page.page.evaluate(() => {
      const { get, create } = CredentialsContainer.prototype;
      const { credentials } = navigator;
      Object.defineProperty(navigator, "credentials", { value: { get, create, credentials } });
    });
    for (const name of names) {
      const outcome = await page.call(name, (await shop.start(name, user)).argument);
      assertFailure(outcome, name, "01", /TypeError: .*Illegal invocation/);
    }
  });
});

describe("a prompt that never settles and ignores its signal", () => {
  const never = () => new Promise(() => {});
  /** The page's clock is stopped, and advances on request. */
  const openAndStop = async (t) => {
    const page = await openWithUser(t);
    await page.replaceCredentials(never);
    await page.stopClock();
    return page;
  };
  const assertTimedOut = (outcome, name) => {
    const message = assertFailure(outcome, name, "01", /TimeoutError: \S/);
    assert.ok(message.startsWith(CEREMONIES[name].refusal));
  };

  for (const name of names) {
    for (const [title, timeout, end] of [
      ["30 seconds after its timeout", 60_000, 90_000],
      ["30 seconds after a timeout of nothing", 0, 30_000],
      ["after 5 minutes where no timeout is given", undefined, 300_000],
    ])
      test(`${name} is ended ${title}`, async (t) => {
        const page = await openAndStop(t);
        const { argument } = await shop.start(name, page.user);
        argument[CEREMONIES[name].options].timeout = timeout;
        const call = await page.begin(name, argument);
        await call.reached("prompting");
        await page.forward(end - 1);
        assert.equal(await call.isSettled(), false);
        await page.forward(1);
        assertTimedOut(await call.outcome(), name);
        assert.deepEqual(page.finalizations(name, argument), []);
      });

    test(`${name} is ended by cancel(), by the page's signal and by another ceremony`, async (t) => {
      const page = await borrowWith(t, never);
      const endings = {
        cancel: (_call) => page.cancel(),
        abort: (call) => call.abort(),
        another: async (_call) => page.begin(name, (await shop.start(name, page.user)).argument),
      };
      for (const end of Object.values(endings)) {
        const { argument } = await shop.start(name, page.user);
        const call = await page.begin(name, argument, { signal: "own" });
        await call.reached("prompting");
        await end(call);
        assertFailure(await call.outcome(), name, "01", /AbortError/);
      }
    });
  }

  test("may be autofill, which waits indefinitely, until it is canceled", async (t) => {
    const page = await openAndStop(t);
    const { argument } = await shop.approve();
    const call = await page.begin("authenticate", argument, { mediation: "conditional" });
    await call.reached("prompting");
    await page.forward(24 * 3600 * 1000);
    assert.equal(await call.isSettled(), false);
    await page.cancel();
    assertFailure(await call.outcome(), "authenticate", "01", /AbortError/);
  });

  test("may settle later, without effect, and nothing is sent", async (t) => {
    const page = await borrowWith(t, (real, options) => {
      // Without the signal, as in a password manager that ignores it.
      const late = real({ publicKey: options.publicKey });
      return new Promise((resolve) => {
        globalThis.settle = () => late.then(resolve);
      });
    });
    for (const name of names) {
      const { argument } = await shop.start(name, page.user);
      const call = await page.begin(name, argument);
      await call.reached("prompting");
      await page.cancel();
      assertFailure(await call.outcome(), name, "01", /AbortError/);
      await page.page.evaluate(() => globalThis.settle());
      await page.assertUnharmed();
      assert.deepEqual(page.finalizations(name, argument), []);
    }
  });
});
