// The validity rules of the options, each in the browser; and the promise fulfills for any argument.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { assertFailure, assertSuccess, CEREMONIES, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";
import { changed, RULES } from "./support/validity-rules.mjs";

const { shop, openWithUser, borrow } = useShop();

describe("invalid options are named, valid ones reach the browser", () => {
  for (const name of names)
    test(name, async (t) => {
      const page = await openWithUser(t);
      const { argument } = await shop.start(name, page.user);
      const member = CEREMONIES[name].options;
      // Other tests check the browser's options: here it only reports the call.
      await page.page.evaluate(() => {
        const asked = async () => {
          throw new DOMException("asked", "AskedError");
        };
        Object.assign(navigator.credentials, { get: asked, create: asked });
      });
      const wrong = [];
      for (const [path, value, named] of RULES[name]) {
        const options = changed(argument[member], path, value);
        const outcome = await page.call(name, { ...argument, [member]: options });
        const beginning = `${member}${named && `.${named}`} `;
        try {
          if (named === null) assertFailure(outcome, name, "01", `${CEREMONIES[name].refusal}AskedError: asked`);
          else {
            assert.ok(assertFailure(outcome, name, "00").startsWith(beginning));
            assert.deepEqual(outcome.stages, []);
          }
        } catch {
          wrong.push(`${path} = ${JSON.stringify(value)}: ${outcome.json}`);
        }
      }
      assert.deepEqual(wrong, []);
    });

  test("the errorMessage of failed options is in the message", async (t) => {
    const page = await borrow(t);
    for (const name of names) {
      const { argument } = await shop.start(name, page.user);
      const errorMessage = "The user is “blocked”.";
      Object.assign(argument[CEREMONIES[name].options], { status: "failed", errorMessage });
      const outcome = await page.call(name, argument);
      const message = assertFailure(outcome, name, "00");
      assert.ok(message.includes(errorMessage));
    }
  });

  test("base64url with padding is accepted, and the ceremony succeeds", async (t) => {
    const page = await borrow(t);
    const pad = (text) => text.padEnd(Math.ceil(text.length / 4) * 4, "=");
    const { argument } = await shop.start("authenticate", page.user);
    const options = argument.credentialRequestOptions;
    options.challenge = pad(options.challenge);
    for (const credential of options.allowCredentials) credential.id = pad(credential.id);
    assertSuccess(await page.call("authenticate", argument), "authenticate");
  });

  test("null in place of each optional property counts as absent, and the ceremonies succeed", async (t) => {
    const page = await borrow(t);
    const nothing = { timeout: null, hints: null, extensions: null, status: null, errorMessage: null };
    const { argument: approval } = await shop.start("authenticate", page.user);
    Object.assign(approval.credentialRequestOptions, { ...nothing, rpId: null, userVerification: null });
    assertSuccess(await page.call("authenticate", approval), "authenticate");
    const { argument: enrollment } = await shop.start("register", page.user);
    Object.assign(enrollment.credentialCreationOptions, {
      ...nothing,
      ...{ excludeCredentials: null, authenticatorSelection: null, attestation: null, attestationFormats: null },
    });
    assertSuccess(await page.call("register", enrollment), "register");
  });
});

describe("the promise fulfills for any argument", () => {
  const arguments_ = {
    nothing: () => [],
    null: () => [null],
    text: () => ["text"],
    "a number": () => [7],
    "a symbol": () => [Symbol("s")],
    "a function": () => [() => {}],
    "an array": () => [[]],
    "a getter that throws": (valid, member) => [
      {
        ...valid,
        get [member]() {
          throw new Error("unreadable");
        },
      },
    ],
    "a getter that throws nothing": (valid, member) => [
      {
        ...valid,
        get [member]() {
          throw undefined;
        },
      },
    ],
    "a revoked proxy": () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return [proxy];
    },
    "a revoked proxy for the options": (valid, member) => {
      const { proxy, revoke } = Proxy.revocable([], {});
      revoke();
      return [{ ...valid, [member]: proxy }];
    },
    "a cycle": (valid, member) => {
      const cycle = { ...valid[member] };
      cycle.allowCredentials = cycle.excludeCredentials = [cycle];
      return [{ ...valid, [member]: cycle }];
    },
    "an array that says it is endless": (valid, member) => {
      const endless = new Proxy([], { get: (target, name) => (name === "length" ? 2 ** 53 : target[name]) });
      return [{ ...valid, [member]: { ...valid[member], allowCredentials: endless, excludeCredentials: endless } }];
    },
    "a lone surrogate": (valid, member) => [{ ...valid, [member]: { ...valid[member], challenge: "\ud800" } }],
  };
  for (const name of names)
    test(name, async (t) => {
      const page = await borrow(t);
      const { argument } = await shop.start(name, page.user);
      for (const [title, make] of Object.entries(arguments_)) {
        const outcome = await page.page.evaluate(
          async ([ceremony, valid, member, source]) => {
            const values = new Function(`return ${source}`)()(valid, member);
            return e2e.observe(await e2e.module[ceremony](...values));
          },
          [name, argument, CEREMONIES[name].options, String(make)],
        );
        t.diagnostic(`${title}: ${outcome.result.message}`);
        assertFailure(outcome, name, "00");
      }
    });

  test("objects of another realm are accepted", async (t) => {
    const page = await borrow(t);
    const { argument } = await shop.start("authenticate", page.user);
    const outcome = await page.page.evaluate(
      async ([json, baseUrl]) => {
        const frame = document.body.appendChild(document.createElement("iframe"));
        const foreign = frame.contentWindow.JSON.parse(json);
        const settings = frame.contentWindow.Object.assign(new frame.contentWindow.Object(), { baseUrl });
        return e2e.observe(await e2e.module.authenticate(foreign, settings));
      },
      [JSON.stringify(argument), shop.baseUrl],
    );
    assertSuccess(outcome, "authenticate");
  });
});
