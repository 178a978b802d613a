// How a page loads the package: lists its requests, and traces a page that preloads as the README says.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { launchBrowser } from "../../tests/e2e/support/browser.mjs";
import { root } from "../run.mjs";
import { startSite } from "./site.mjs";

const PACKAGE = "/webauthn-result/pkg/index.js";

/** Lighthouse's "slow 4G", in milliseconds and bytes per second, and its CPU slowdown for phones. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const CPU = 4;

/** Milliseconds before the click. */
const IDLE = 1000;

// As in the README, under "Use" and "Loading".
const APP = `import { authenticate, configure, ready } from "${PACKAGE}";

configure({ baseUrl: "https://cloud.example" });
ready().then(() => performance.mark("bench: ready"));

document.querySelector("button").addEventListener("click", async () => {
  const approval = await fetch("/start-approval.json").then((response) => response.json());
  performance.mark("bench: approval");
  await authenticate(approval);
});
performance.mark("bench: listening");
`;

const PRELOAD = `<link rel="modulepreload" href="${PACKAGE}">`;

const page = (head) =>
  `<!doctype html><title>Shop</title>${head}<button>Approve</button><script type="module" src="/app.js"></script>`;

const APPROVAL = {
  userId: "ada",
  statusToken: "status-token",
  credentialRequestOptions: { challenge: "AAAA", rpId: "localhost" },
};

/** Evaluated before the page's own scripts: marks the time of the prompt, and declines it. */
const markPrompt = () => {
  navigator.credentials.get = async () => {
    performance.mark("bench: prompt");
    throw new DOMException("Not now.", "NotAllowedError");
  };
};

/** Extracts the milliseconds since the navigation, by event, from a trace of Chromium. */
const timelineOf = (trace, url) => {
  const { origin } = new URL(url);
  const events = JSON.parse(trace).traceEvents;
  const marks = events.filter(({ name }) => name.startsWith("bench: "));
  const { pid } = marks[0];
  /**
   * @param {string} name
   * @param {(event: any) => boolean} [matches]
   */
  const findEvent = (name, matches = () => true) =>
    events.find((event) => event.name === name && event.pid === pid && matches(event));
  const requestOf = (path) => findEvent("ResourceSendRequest", ({ args }) => args.data.url === origin + path);
  const finishOf = (path) => {
    const { requestId } = requestOf(path).args.data;
    return findEvent("ResourceFinish", ({ args }) => args.data.requestId === requestId);
  };
  const marked = (name) => marks.find((mark) => mark.name === `bench: ${name}`);
  const start = findEvent("navigationStart", ({ args }) => args.data?.documentLoaderURL === url).ts;
  const at = (event) => (event.ts - start) / 1000;
  return {
    packageRequested: at(requestOf(PACKAGE)),
    packageHere: at(finishOf(PACKAGE)),
    appHere: at(finishOf("/app.js")),
    listening: at(marked("listening")),
    ready: at(marked("ready")),
    click: at(findEvent("EventDispatch", ({ args }) => args.data.type === "click")),
    approval: at(marked("approval")),
    prompt: at(marked("prompt")),
  };
};

const CATEGORIES = ["devtools.timeline", "blink.user_timing", "v8", "disabled-by-default-v8.wasm.detailed"];

const trace = async (browser, url) => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(markPrompt);
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", NETWORK);
    await session.send("Emulation.setCPUThrottlingRate", { rate: CPU });
    await browser.startTracing(page, { categories: CATEGORIES });
    await page.goto(url, { waitUntil: "networkidle" });
    await page.waitForTimeout(IDLE);
    await page.click("button");
    await page.waitForFunction(() => performance.getEntriesByName("bench: prompt").length);
    return await browser.stopTracing();
  } finally {
    await context.close();
  }
};

/** The paths that a page requests until the module is ready, and then in a call up to the prompt. */
const requestsOf = async (browser, url, authenticate) => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(markPrompt);
    const requests = [];
    page.on("request", (request) => requests.push(new URL(request.url()).pathname));
    await page.goto(url, { waitUntil: "networkidle" });
    await page.evaluate(authenticate, APPROVAL);
    if (!(await page.evaluate(() => performance.getEntriesByName("bench: prompt").length)))
      throw new Error(`${url}: no prompt`);
    return requests;
  } finally {
    await context.close();
  }
};

/** Resolves to `{ requests, preloaded, imported }`: paths by entry, and the timelines with and without the README's preload. */
export const measureLoading = async () => {
  const pkg = (name) => readFile(join(root, "pkg", name));
  const site = await startSite({
    "/": page(PRELOAD),
    "/imported": page(""),
    "/module": `<!doctype html><title>Page</title><script type="module" src="${PACKAGE}"></script>`,
    "/classic": '<!doctype html><title>Page</title><script src="/webauthn-result.script.js"></script>',
    "/favicon.ico": "",
    "/app.js": APP,
    "/start-approval.json": JSON.stringify(APPROVAL),
    [PACKAGE]: await pkg("index.js"),
    "/webauthn-result.script.js": await pkg("webauthn-result.script.js"),
  });
  const browser = await launchBrowser();
  try {
    const requests = {
      module: await requestsOf(browser, `${site.origin}/module`, async (approval) => {
        const { authenticate, ready } = await import("/webauthn-result/pkg/index.js");
        await ready();
        await authenticate(approval);
      }),
      script: await requestsOf(browser, `${site.origin}/classic`, async (approval) => {
        await webauthnResult.ready();
        await webauthnResult.authenticate(approval);
      }),
    };
    const folder = join(root, "target/bench");
    await mkdir(folder, { recursive: true });
    const timelines = {};
    for (const [name, path] of Object.entries({ preloaded: "/", imported: "/imported" })) {
      const url = site.origin + path;
      const recorded = await trace(browser, url);
      await writeFile(join(folder, `trace-${name}.json`), recorded);
      timelines[name] = timelineOf(recorded, url);
    }
    return { requests, ...timelines };
  } finally {
    await browser.close();
    site.stop();
  }
};
