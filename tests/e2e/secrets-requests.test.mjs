// Requests as a server receives them: no cookie, no referrer, no use of a cache, and none to another address.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { startRecorder } from "./secrets/recorder.mjs";
import { result, status } from "./support/faults.mjs";
import { openPhone } from "./support/phone.mjs";
import { names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

// The shop's policy does not allow the recorder.
const { shop, open } = useShop({ page: { context: { bypassCSP: true } } });

const COOKIE = { name: "visit", value: "of-the-page", domain: "localhost", path: "/" };
/** Only the status lags: the finalization is processed, and then the page has to query it twice. */
const LOST = [result("http", { status: 503, processed: true }), status("http", { status: 503 })];

/** A page with cookies for the cloud, whose referrer policy allows its full address. */
const openTalkative = async (t) => {
  const page = await open(t);
  page.user = await page.newUser();
  page.person = await newPerson(page.context);
  await page.page.evaluate(async () => {
    history.replaceState(null, "", "?in-the-address");
    const meta = Object.assign(document.createElement("meta"), { name: "referrer", content: "unsafe-url" });
    document.head.append(meta);
    const { CIBAClient } = await import("/pkg/ciba.js");
    Object.assign(globalThis, { CIBAClient });
  });
  // Not the shop's own, which comes with its files.
  await page.context.clearCookies();
  await page.context.addCookies([COOKIE]);
  return page;
};

/** A user with a phone, and the code that it shows. */
const newPerson = async (context) => {
  const email = await shop.newPerson();
  const phone = await openPhone(context, shop, email);
  const code = await phone.code();
  await phone.tab.close();
  return { email, code };
};

/** A request of the page itself, for comparison. */
const ask = (page, url, options) =>
  page.page.evaluate(
    ([address, rest]) =>
      fetch(address, { mode: "no-cors", ...rest })
        .then((response) => response.text())
        .catch(() => {}),
    [url, options],
  );

/** Everything that the package sends: both ceremonies with a recovery, a push and a code. Returns whether they succeeded. */
const CALLS = {
  ...Object.fromEntries(
    names.map((name) => [
      name,
      async (page, baseUrl, finalizeTimeout = 5000) => {
        const { argument } = await shop.start(name, page.user, { faults: LOST });
        const { result } = await page.call(name, argument, { baseUrl, finalizeTimeout });
        return result.success;
      },
    ]),
  ),
  "a push and a code": (page, baseUrl) =>
    page.page.evaluate(
      async ([address, whose, code]) => {
        const client = new CIBAClient({ baseUrl: address });
        const { auth_req_id = "none" } = await client.initiateAppApproval(whose);
        await client.pollForApproval(whose, auth_req_id, { timeout: 0.6, interval: 0.2 });
        return (await client.verifyTotp(whose, code)).success;
      },
      [baseUrl, page.person.email, page.person.code],
    ),
};

describe("what the package sends", () => {
  let recorder, elsewhere;
  before(async () => {
    recorder = await startRecorder(shop.baseUrl);
    elsewhere = await startRecorder(shop.baseUrl);
  });
  after(() => {
    recorder?.stop();
    elsewhere?.stop();
  });

  /** The requests that the recorder receives meanwhile. */
  const recorded = async (act) => {
    const from = recorder.requests.length;
    await act();
    return recorder.requests.slice(from);
  };
  const posts = (requests) => requests.filter(({ method }) => method === "POST");

  for (const [title, call] of Object.entries(CALLS))
    describe(title, () => {
      test("has no cookie and no referrer, and responses set none, at another origin", async (t) => {
        const page = await openTalkative(t);
        const requests = await recorded(async () => assert.ok(await call(page, recorder.baseUrl)));
        assert.ok(posts(requests).length >= 3);
        for (const { headers } of requests)
          for (const name of ["cookie", "referer", "authorization"]) assert.equal(headers[name], undefined);
        const cookies = async () => (await page.context.cookies()).map(({ name }) => name);
        assert.deepEqual(await cookies(), [COOKIE.name]);
        // This browser does it in the page's own request.
        const [own] = await recorded(() =>
          ask(page, `${recorder.baseUrl}/own`, { credentials: "include", referrerPolicy: "unsafe-url" }),
        );
        assert.match(own.headers.cookie, /visit=of-the-page/);
        assert.match(own.headers.referer, /in-the-address/);
        assert.ok((await cookies()).includes("planted"));
      });

      const hasCookies = title === "a push and a code";
      test(`has ${hasCookies ? "the page's cookies, but" : "no cookie and"} no referrer at its own origin`, async (t) => {
        const page = await openTalkative(t);
        const sent = [];
        await page.page.route(/\/(_app|api\/v1|authsec)\//, async (route) => {
          sent.push(await route.request().allHeaders());
          const { pathname } = new URL(route.request().url());
          await route.fulfill({ response: await route.fetch({ url: shop.baseUrl + pathname }) });
        });
        assert.ok(await call(page, shop.origin));
        assert.ok(sent.length >= 3);
        for (const { cookie, referer } of sent) {
          assert.equal(referer, undefined);
          // A relay of the page's own backend reads its session from them.
          assert.equal(cookie, hasCookies ? "visit=of-the-page" : undefined);
        }
        // This browser does it in the page's own request.
        await ask(page, `${shop.origin}/_app/own`, { method: "POST", referrerPolicy: "unsafe-url" });
        assert.match(sent.at(-1).cookie, /visit=of-the-page/);
        assert.match(sent.at(-1).referer, /in-the-address/);
      });

      test("is sent each time, whatever responses say about caching", async (t) => {
        const page = await openTalkative(t);
        const sent = posts(await recorded(async () => assert.ok(await call(page, recorder.baseUrl))));
        const questions = new Set(sent.map(({ path, body }) => path + body));
        assert.ok(questions.size < sent.length, "no question came twice");
        for (const { headers } of sent) assert.equal(headers["cache-control"], "no-cache");
        // This browser takes the page's own request from its cache.
        const own = await recorded(async () => {
          for (let count = 0; count < 2; count++) await ask(page, `${recorder.baseUrl}/own`);
        });
        assert.equal(own.length, 1);
      });

      test("follows no redirect: 301, 302, 303, 307, 308", async (t) => {
        const page = await openTalkative(t);
        t.after(() => (recorder.redirect = undefined));
        for (const status of [301, 302, 303, 307, 308]) {
          recorder.redirect = { status, location: `${elsewhere.baseUrl}/${status}` };
          const sent = posts(await recorded(async () => assert.equal(await call(page, recorder.baseUrl, 600), false)));
          assert.ok(sent.length >= 2);
          assert.deepEqual(elsewhere.requests, [], String(status));
          // This browser does it in the page's own request.
          await ask(page, `${recorder.baseUrl}/own`, { method: "POST" });
          assert.equal(elsewhere.requests.splice(0).length, 1);
        }
      });
    });
});
