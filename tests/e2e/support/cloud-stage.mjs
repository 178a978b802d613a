// A page of its own for a passkey approval whose clock, network and authenticator are played: outages of any length in no time.

import { join } from "node:path";

import { root } from "../../../scripts/run.mjs";
import { nextTask } from "./in-page.mjs";
import { playClock } from "./played-clock.mjs";

const ADDRESS = "http://localhost/";

/** Opens a page that has `stage`: see `install`. */
export const openCloudStage = async (browser) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error));
  await page.route(ADDRESS, (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Stage</title>" }),
  );
  await page.route(`${ADDRESS}index.js`, (route) =>
    route.fulfill({ path: join(root, "pkg/index.js"), contentType: "text/javascript" }),
  );
  await page.goto(ADDRESS);
  await page.evaluate(`(${install})(${nextTask}, ${playClock})`);
  return {
    errors,
    /** Runs one call: `{ result, seconds, copies, sent, queried, timers }`. */
    run: (plan) => page.evaluate((plan) => globalThis.stage.run(plan), plan),
    close: () => context.close(),
  };
};

/**
 * Evaluated in the page. `stage.run(plan)` runs `authenticate` or `register` with a cloud that decides each transaction once.
 *
 * `plan.outages` are `{ of, mode, from, until }` in seconds: `of` is `"finalization"`, `"status"`, `"both"` or `"network"`, which
 * tells the page that it is offline, and online again. `mode` is `"fails"`, `"hangs"`, `"loses"` (the cloud gets the request, and its
 * response is lost) or `"responds"` (a gateway responds with 503).
 */
const install = async (nextTask, playClock) => {
  const { authenticate, register, ready } = await import("/index.js");
  await ready();
  const bytes = (...values) => new Uint8Array(values).buffer;
  const credential = {
    id: "AQ",
    rawId: bytes(1),
    type: "public-key",
    response: {
      authenticatorData: bytes(1),
      clientDataJSON: bytes(2),
      signature: bytes(3),
      attestationObject: bytes(4),
      userHandle: bytes(5),
    },
    getClientExtensionResults: () => ({}),
  };
  const prompt = async () => credential;
  Object.defineProperty(navigator, "credentials", { value: { get: prompt, create: prompt } });

  const CALLS = {
    authenticate: (settings) =>
      authenticate({ credentialRequestOptions: { challenge: "AQID" }, userId: "ada", statusToken: "STATUS" }, settings),
    register: (settings) =>
      register(
        {
          credentialCreationOptions: {
            challenge: "AQID",
            rp: { name: "Shop" },
            user: { id: "AQ", name: "ada", displayName: "Ada" },
            pubKeyCredParams: [{ type: "public-key", alg: -7 }],
          },
          statusToken: "STATUS",
        },
        settings,
      ),
  };

  const run = async ({ ceremony, outages, latency = 0.03, settings }) => {
    const clock = playClock(nextTask);
    const cloud = { isAccepted: false, copies: 0, sent: 0, queried: 0 };
    const wait = (seconds, signal) =>
      new Promise((resolve, reject) => {
        setTimeout(resolve, seconds * 1000);
        signal.addEventListener("abort", () => reject(signal.reason));
      });

    globalThis.fetch = async (url, { body, signal }) => {
      const isStatus = url.endsWith("/status");
      cloud[isStatus ? "queried" : "sent"] += 1;
      const now = clock.seconds();
      const outage = outages.find(
        ({ of, from = 0, until }) =>
          from <= now && now < until && (["both", "network"].includes(of) || (of === "status") === isStatus),
      );
      if (outage?.mode === "hangs") return wait(1e6, signal);
      if (outage?.mode === "fails") throw new TypeError("Failed to fetch");
      if (outage?.mode === "responds") {
        await wait(latency, signal);
        return new Response("<h1>Service Unavailable</h1>", { status: 503 });
      }
      const respond = (status, json) => new Response(JSON.stringify(json), { status });
      let response;
      if (isStatus) {
        const status = cloud.isAccepted ? "succeeded" : "pending";
        response = respond(200, { status, ...(cloud.isAccepted && { token: "TOKEN" }) });
      } else if (cloud.isAccepted) response = respond(409, { status: 409, error: "Conflict" });
      else {
        cloud.isAccepted = JSON.parse(body).statusToken === "STATUS";
        cloud.copies += 1;
        response = respond(200, { status: "ok", errorMessage: "", token: "TOKEN" });
      }
      await wait(latency, signal);
      if (outage) throw new TypeError("Failed to fetch");
      return response;
    };
    for (const { of, until } of outages)
      if (of === "network") setTimeout(() => dispatchEvent(new Event("online")), until * 1000);

    const result = await clock.until(CALLS[ceremony]({ baseUrl: "https://cloud.example", ...settings }));
    return { result, seconds: clock.seconds(), ...cloud };
  };
  globalThis.stage = { run };
};
