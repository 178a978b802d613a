// The watch for secrets detects a leak on each channel, in a page that leaks on purpose.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { leaksIn } from "./secrets/needles.mjs";
import { watch } from "./secrets/watch.mjs";
import { BARE_PAGE } from "./support/browser.mjs";
import { useShop } from "./support/setting.mjs";

const SECRET = "eyJhbGciOiJIUzUxMiJ9.eyJqdGkiOiJxODN2RWpSV2VKQSJ9.q83vEjRWeJAABAgMEBQYHCAkKCwwNDg8";
const NEVER = () => false;

const { shop, setting } = useShop();

/** The sightings in a page that does this with a secret. */
const leaksOf = async (t, act, secret = SECRET) => {
  const context = await setting.browser.newContext({ bypassCSP: true });
  t.after(() => context.close());
  const page = await context.newPage();
  const watched = await watch(page);
  await page.goto(shop.origin + BARE_PAGE);
  await page.evaluate(`(${act})(${JSON.stringify(secret)})`);
  // An uncaught error is reported in a separate task.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  return leaksIn(await watched.sightings(NEVER), { secret });
};

const LEAKS = {
  "console.debug": (secret) => console.debug(secret),
  "console.table": (secret) => console.table([{ answer: secret }]),
  "console.group": (secret) => console.group(secret),
  "console.assert": (secret) => console.assert(false, secret),
  "console.error": (secret) => console.error(new Error("failed", { cause: new Error(secret) })),
  console: (secret) => console.log("%s", secret),
  storage: (secret) => localStorage.setItem("last", secret),
  "storage ": (secret) => {
    sessionStorage[secret] = "1";
  },
  cookie: (secret) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the leak is on purpose
    document.cookie = `token=${secret}`;
  },
  IndexedDB: (secret) => {
    indexedDB.open(secret);
  },
  cache: async (secret) => (await caches.open("answers")).put("/answer", new Response("")) && caches.open(secret),
  history: (secret) => history.replaceState({ secret }, ""),
  address: (secret) => {
    location.hash = encodeURIComponent(secret);
  },
  "address ": (secret) => {
    globalThis.name = secret;
  },
  postMessage: (secret) => postMessage({ secret }, "*"),
  "message event": (secret) => postMessage({ secret }, "*"),
  "MessagePort.postMessage": (secret) => new MessageChannel().port1.postMessage([[secret]]),
  "BroadcastChannel.postMessage": (secret) => new BroadcastChannel("results").postMessage(secret),
  "error event": (secret) => {
    setTimeout(() => {
      throw new Error(secret);
    });
  },
  "page error": (secret) => {
    setTimeout(() => {
      throw new Error(secret);
    });
  },
  "unhandled rejection": (secret) => {
    Promise.reject(new Error(secret));
  },
  "performance.mark": (secret) => performance.mark(secret),
  "performance entry": (secret) => performance.mark("sent", { detail: { secret } }),
  "request address": (secret) => fetch(`/favicon.svg?${secret}`).then(() => {}),
  "request header": (secret) => fetch("/favicon.svg", { headers: { "X-Answer": secret } }).then(() => {}),
  "request body": (secret) => fetch("/favicon.svg", { method: "POST", body: secret }).then(() => {}),
  sendBeacon: (secret) => navigator.sendBeacon("/favicon.svg", secret),
  event: (secret) => dispatchEvent(new CustomEvent("result", { detail: secret })),
  document: (secret) => {
    document.documentElement.dataset.answer = secret;
  },
  global: (secret) => {
    globalThis.lastAnswer = { result: { secret } };
  },
};

describe("the watch sees a leak", { concurrency: 4 }, () => {
  for (const [channel, act] of Object.entries(LEAKS))
    test(`${channel.trim()}: ${String(act).replace(/\s+/g, " ").slice(0, 80)}`, async (t) => {
      const leaks = await leaksOf(t, act);
      assert.ok(leaks.includes(`secret: ${channel.trim()}`), leaks.join(", ") || "nothing was seen");
    });

  const writings = {
    "a piece": (secret) => console.info(`…${secret.slice(30, 54)}…`),
    "in an address": (secret) => console.info(encodeURIComponent(`a=${secret}`)),
    "in base64": (secret) => console.info(btoa(secret)),
    "from right to left": (secret) => console.info([...secret].reverse().join("")),
    "as bytes": (secret) => console.info(new TextEncoder().encode(secret)),
    "as numbers": (secret) => console.info(new TextEncoder().encode(secret).join()),
    "in hex": (secret) => console.info([...secret].map((letter) => letter.charCodeAt().toString(16)).join("")),
  };
  for (const [title, act] of Object.entries(writings))
    test(`written otherwise: ${title}`, async (t) =>
      assert.ok((await leaksOf(t, act)).includes("secret: console.info"), "nothing was seen"));

  test("of a code of six digits", async (t) => {
    assert.ok((await leaksOf(t, (code) => console.info(`sent ${code}.`), "123456")).includes("secret: console.info"));
    assert.deepEqual(await leaksOf(t, () => console.info("at 91234560"), "123456"), []);
  });

  test("nothing if nothing leaks", async (t) =>
    assert.deepEqual(await leaksOf(t, () => console.info("A page that keeps its secrets.", location.href)), []));
});
