// A page of its own for the CIBA client, whose network and clock are played: minutes pass in no time, and exactly.

import { join } from "node:path";

import { root } from "../../../scripts/run.mjs";
import { nextTask, untilAborted } from "./in-page.mjs";

const ADDRESS = "http://localhost/";

/** Opens a page that has `stage`: see `install`. */
export const openStage = async (browser, { version = "pkg", policy = "" } = {}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error));
  await page.route(ADDRESS, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Stage</title>`,
    }),
  );
  await page.route(`${ADDRESS}ciba.js`, (route) =>
    route.fulfill({ path: join(root, version, "ciba.js"), contentType: "text/javascript" }),
  );
  await page.goto(ADDRESS);
  await page.evaluate(`(${install})(${nextTask}, ${untilAborted})`);
  return {
    page,
    errors,
    /** Runs a function in the page, on a stage that was just set up. */
    play: (act, argument) => page.evaluate(`(${act})(stage.setUp(), ${JSON.stringify(argument ?? null)})`),
    close: () => context.close(),
  };
};

/**
 * Evaluated in the page. `stage.setUp()` starts afresh: a clock at 0, a network that answers as `network` says, and
 * what the client needs of both.
 */
const install = async (nextTask, untilAborted) => {
  const { CIBAClient } = await import("/ciba.js");
  /** Long enough for every promise that is not waiting for the clock. */
  const settle = async () => {
    for (let count = 0; count < 6; count++) await nextTask();
  };

  const realSetTimeout = setTimeout.bind(globalThis);

  const setUp = () => {
    let now = 0;
    let last = 0;
    let timers = [];
    Date.now = () => now;
    globalThis.setTimeout = (act, ms = 0) => {
      timers.push({ id: ++last, due: now + ms, act });
      return last;
    };
    globalThis.clearTimeout = (id) => {
      timers = timers.filter((timer) => timer.id !== id);
    };

    const seconds = () => Math.round(now) / 1000;
    const requests = [];
    /** What the network does: answers of the paths' last words, one after the other, the last of them for ever. */
    const network = { initiate: [], token: [], login: [] };
    const takenUp = { status: 200, json: { auth_req_id: "REQUEST-ID", expires_in: 300, interval: 5 } };

    globalThis.fetch = async (url, { body, signal }) => {
      const path = new URL(url).pathname;
      const name = path.split("/").at(-1);
      requests.push({ at: seconds(), path, body: JSON.parse(body) });
      const queue = network[name];
      const answer = queue.length > 1 ? queue.shift() : (queue[0] ?? takenUp);
      if (answer === "cut") throw new TypeError("Failed to fetch");
      if (answer === "never") return untilAborted(signal);
      const { status = 200, json, text = JSON.stringify(json), after = 0 } = answer;
      if (after)
        await Promise.race([new Promise((resolve) => setTimeout(resolve, after * 1000)), untilAborted(signal)]);
      return new Response(text, { status });
    };

    /** Lets this many seconds pass, one timer after the other. */
    const pass = async (duration) => {
      const end = now + duration * 1000;
      for (;;) {
        await settle();
        timers.sort((a, b) => a.due - b.due);
        if (!timers.length || timers[0].due > end) break;
        const { due, act } = timers.shift();
        now = Math.max(now, due);
        act();
      }
      now = Math.max(now, end);
    };
    /** Lets time pass until this settles; what it came to, and when. */
    const finish = async (promise) => {
      let done = false;
      let waits = 0;
      promise.finally(() => (done = true));
      for (let rounds = 0; !done && rounds < 5000; rounds++) {
        await settle();
        if (done) break;
        timers.sort((a, b) => a.due - b.due);
        const timer = timers.shift();
        // Here real time has to pass: the browser compiles a new instance of the module, for one.
        if (!timer) {
          if (++waits > 1000) break;
          await new Promise((resolve) => realSetTimeout(resolve, 10));
          continue;
        }
        now = Math.max(now, timer.due);
        timer.act();
      }
      await settle();
      if (!done) throw new Error("it never ends");
      return { result: await promise, at: seconds(), requests, timers: timers.length };
    };

    return {
      network,
      requests,
      pass,
      finish,
      seconds,
      /** The wall clock jumps, and timers have not moved: a laptop slept. */
      sleep: (duration) => {
        now += duration * 1000;
        for (const timer of timers) timer.due += duration * 1000;
      },
      pending: { status: 400, json: { error: "authorization_pending" } },
      slowDown: { status: 400, json: { error: "slow_down" } },
      approved: { status: 200, json: { access_token: "SECRET-TOKEN" } },
      client: (options) => new CIBAClient({ baseUrl: "http://localhost/", ...options }),
      EMAIL: "ada@example.com",
      times: () => requests.map(({ at }) => at),
    };
  };
  globalThis.stage = { setUp };
};
