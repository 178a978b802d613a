// A page of its own for the CIBA client, whose network and clock are played: minutes pass in no time, and exactly.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before } from "node:test";

import { root } from "../../../scripts/run.mjs";
import { launchBrowser } from "./browser.mjs";
import { nextTask, untilAborted } from "./in-page.mjs";
import { playClock } from "./played-clock.mjs";

const ADDRESS = "http://localhost/";

/** A stage for the tests of a file. Returns the function that plays on it, and one that returns the browser. */
export const useStage = () => {
  let browser, stage;
  before(async () => {
    browser = await launchBrowser();
    stage = await openStage(browser);
  });
  after(async () => {
    assert.deepEqual(stage.errors, [], "the page had errors that nobody caught");
    await browser?.close();
  });
  return { play: (act, argument) => stage.play(act, argument), browser: () => browser };
};

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
  for (const name of ["ciba.js", "ciba.fallback.js"])
    await page.route(ADDRESS + name, (route) =>
      route.fulfill({ path: join(root, version, name), contentType: "text/javascript" }),
    );
  await page.goto(ADDRESS);
  await page.evaluate(`(${install})(${nextTask}, ${untilAborted}, ${playClock})`);
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
const install = async (nextTask, untilAborted, playClock) => {
  const { CIBAClient } = await import("/ciba.js");

  const setUp = () => {
    const clock = playClock(nextTask);
    const { seconds, pass, sleep } = clock;
    const requests = [];
    /** What the network does: answers of the paths' last words, one after the other, the last of them for ever. */
    const network = { initiate: [], token: [], login: [], totp: [] };
    const accepted = { status: 200, json: { auth_req_id: "REQUEST-ID", expires_in: 300, interval: 5 } };

    globalThis.fetch = async (url, { body, signal, headers }) => {
      const { origin, pathname: path } = new URL(url);
      const name = path.split("/").at(-1);
      requests.push({ at: seconds(), origin, path, headers, body: JSON.parse(body) });
      const queue = network[name];
      const answer = queue.length > 1 ? queue.shift() : (queue[0] ?? accepted);
      if (answer === "cut") throw new TypeError("Failed to fetch");
      if (answer === "never") return untilAborted(signal);
      const { status = 200, json, text = JSON.stringify(json), after = 0, retryAfter } = answer;
      if (after)
        await Promise.race([new Promise((resolve) => setTimeout(resolve, after * 1000)), untilAborted(signal)]);
      return new Response(text, { status, headers: retryAfter === undefined ? {} : { "Retry-After": retryAfter } });
    };

    return {
      network,
      requests,
      pass,
      seconds,
      sleep,
      /** Lets time pass until this settles; its result, and when. */
      finish: async (promise) => ({
        result: await clock.until(promise),
        at: seconds(),
        requests,
        timers: clock.timers(),
      }),
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
