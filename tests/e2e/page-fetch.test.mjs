// With a replaced fetch that returns anything or nothing, a call resolves and invents no success.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { assertFailure, assertSuccess, names, UNKNOWN } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open, borrow } = useShop();

describe("a fetch replaced by the page", () => {
  const SHORT = { finalizeTimeout: 200 };
  const fetches = {
    "rejects with text": async () => {
      throw "offline";
    },
    "rejects with nothing": async () => {
      throw undefined;
    },
    "throws at once": () => {
      throw new Error("blocked");
    },
    "answers null": async () => null,
    "answers an object without text": async () => ({
      ok: true,
      status: 200,
      json: async () => ({ status: "ok", token: "t" }),
    }),
    "answers an object without a status": async () => ({ ok: true, text: async () => '{"status":"ok","token":"t"}' }),
    "answers text": () => "ok",
    "answers a Response that is used up": async () => {
      const response = new Response("{}");
      await response.text();
      return response;
    },
    "answers a Response whose text throws": async () => {
      const response = new Response("{}");
      response.text = () => {
        throw new Error("no text");
      };
      return response;
    },
    "answers a Response whose text is a number": async () => {
      const response = new Response("{}");
      response.text = async () => 7;
      return response;
    },
    "answers a Response whose text never comes": async () => {
      const response = new Response("{}");
      response.text = () => new Promise(() => {});
      return response;
    },
    "never settles": () => new Promise(() => {}),
    "answers with an error": async () => Response.error(),
  };
  for (const [title, standIn] of Object.entries(fetches))
    test(`that ${title} resolves to error-0002`, async (t) => {
      const page = await borrow(t);
      await page.replaceFetch(standIn);
      for (const name of names) {
        const outcome = await page.call(name, (await shop.start(name, page.user)).argument, SHORT);
        assertFailure(outcome, name, "02", UNKNOWN);
        assert.deepEqual(outcome.stages, ["prompting", "finalizing", "recovering"]);
      }
    });

  for (const finalizeTimeout of [1, 2, 3, 250, 1001])
    test(`that never settles is abandoned after twice finalizeTimeout, by the page's clock: ${finalizeTimeout} ms`, async (t) => {
      const page = await open(t);
      const user = await page.newUser();
      await page.replaceFetch(() => new Promise(() => {}));
      await page.stopClock();
      for (const name of names) {
        const call = await page.begin(name, (await shop.start(name, user)).argument, { finalizeTimeout });
        await call.reached("finalizing");
        await page.forward(finalizeTimeout);
        await call.reached("recovering");
        // Each request of the recovery follows the response to the previous one, so the clock advances in steps.
        for (let step = 0; step < 20; step++) await page.forward(Math.ceil(finalizeTimeout / 20));
        assert.equal(await call.isSettled(), true);
        assertFailure(await call.outcome(), name, "02", UNKNOWN);
      }
    });

  // The browser's `instanceof Response` holds for none of them.
  const shapes = {
    "a frame's": async (_, ...values) => {
      const frame = document.body.appendChild(document.createElement("iframe"));
      const response = await frame.contentWindow.fetch.call(frame.contentWindow, ...values);
      if (response instanceof Response) throw new Error("the frame's Response is the page's own");
      return response;
    },
    "a ponyfill's, of its own class": async (real, ...values) => {
      class Ponyfill {
        #response;
        constructor(response) {
          this.#response = response;
        }
        get status() {
          return this.#response.status;
        }
        get ok() {
          return this.#response.ok;
        }
        text() {
          return this.#response.text();
        }
        json() {
          return this.#response.json();
        }
      }
      return new Ponyfill(await real(...values));
    },
    "a mock, as of Jest": async (real, ...values) => {
      const response = await real(...values);
      const body = await response.text();
      return { ok: response.ok, status: response.status, text: async () => body, json: async () => JSON.parse(body) };
    },
    "a mock whose text is no promise": async (real, ...values) => {
      const response = await real(...values);
      const body = await response.text();
      return { status: response.status, text: () => body };
    },
  };
  for (const [title, standIn] of Object.entries(shapes))
    test(`whose response is ${title} works like the browser's`, async (t) => {
      const page = await borrow(t);
      await page.replaceFetch(standIn);
      for (const name of names) {
        const outcome = await page.call(name, (await shop.start(name, page.user)).argument);
        assertSuccess(outcome, name);
        assert.deepEqual(outcome.stages, ["prompting", "finalizing"]);
      }
    });

  for (const [title, descriptor] of Object.entries({
    undefined: { value: undefined },
    "a number": { value: 7 },
    "a getter that throws": { throws: true },
  }))
    test(`navigator.userAgent that is ${title} is sent as an empty string`, async (t) => {
      const page = await open(t);
      const user = await page.newUser();
      await page.page.evaluate(({ throws, value }) => {
        const get = () => {
          if (throws) throw new Error("hidden");
          return value;
        };
        Object.defineProperty(navigator, "userAgent", { configurable: true, get });
        const { fetch } = globalThis;
        globalThis.bodies = [];
        globalThis.fetch = (url, init) => {
          globalThis.bodies.push(init.body);
          return fetch(url, init);
        };
      }, descriptor);
      for (const name of names) assertSuccess(await page.call(name, (await shop.start(name, user)).argument), name);
      const bodies = await page.page.evaluate(() => globalThis.bodies);
      assert.deepEqual(
        bodies.map((body) => JSON.parse(body).userAgent),
        names.map(() => ""),
      );
    });

  test("that observes and passes on works like the browser's", async (t) => {
    const page = await borrow(t);
    await page.replaceFetch((real, ...values) => real(...values));
    for (const name of names) assertSuccess(await page.call(name, (await shop.start(name, page.user)).argument), name);
  });
});
