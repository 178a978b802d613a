// A watched page that calls the package and does nothing else: what is seen of it, the package has done.

import { openPage, serveInjection } from "../support/browser.mjs";
import { CEREMONIES } from "../support/result-table.mjs";
import { leaksIn } from "./needles.mjs";
import { startRecorder } from "./recorder.mjs";
import { watch } from "./watch.mjs";

/** Evaluated in the page: loads the package, and runs one call as `stage.run`. */
const install = async (hasWebAssembly) => {
  if (!hasWebAssembly) delete globalThis.WebAssembly;
  const module = await import("/pkg/index.js");
  const { explain } = await import("/pkg/explain.js");
  module.configure({ fallback: () => import("/pkg/webauthn-result.fallback.js") });

  const twists = {
    abort: () => ({ signal: AbortSignal.abort() }),
    throw: () => ({
      onProgress() {
        throw new Error("the page's own mistake");
      },
    }),
  };
  const run = async (name, argument, settings, twist) => {
    const { PublicKeyCredential } = globalThis;
    if (twist === "unsupported") delete globalThis.PublicKeyCredential;
    try {
      const result = await module[name](argument, {
        onProgress: (stage) => globalThis.watch.note("progress", stage),
        ...settings,
        ...twists[twist]?.(),
      });
      for (const language of ["en", "de"]) globalThis.watch.note("explanation", explain(result, language));
      return result;
    } finally {
      Object.defineProperty(globalThis, "PublicKeyCredential", {
        value: PublicKeyCredential,
        configurable: true,
        writable: true,
      });
    }
  };
  globalThis.stage = { run };
};

const isText = (value) => typeof value === "string" && value !== "";

/** Opens the page before a recorder before the shop's cloud. */
export const openStage = async ({ shop, browser }, { version = "WebAssembly" } = {}) => {
  const recorder = await startRecorder(shop.baseUrl);
  let watched;
  const page = await openPage(
    { shop, browser },
    {
      bare: false,
      // The shop's policy knows no recorder.
      context: { bypassCSP: true },
      prepare: async (tab) => {
        watched = await watch(tab);
        if (version === "crashing") await serveInjection(tab);
      },
    },
  );
  await page.page.evaluate(install, version !== "JavaScript");

  /** Bodies of these may have secrets, and nothing else may. */
  const maySend = (request) => {
    const { origin, pathname, search } = new URL(request.url());
    const paths = [...Object.values(CEREMONIES).map(({ path }) => path), "/api/v1/status"];
    return request.method() === "POST" && origin === recorder.baseUrl && paths.includes(pathname) && !search;
  };

  return {
    page: page.page,
    recorder,
    authenticator: page.authenticator,

    /** Runs a call of a transaction; its result, what was sent, and the secrets that the call had in hand. */
    async run(name, { argument, user, statusToken = argument.statusToken }, { settings, twist } = {}) {
      const from = recorder.requests.length;
      const result = await page.page.evaluate(
        ([ceremony, given, rest, how]) => globalThis.stage.run(ceremony, given, rest, how),
        [name, argument, { baseUrl: recorder.baseUrl, ...settings }, twist],
      );
      const sent = recorder.requests.slice(from).filter(({ method }) => method === "POST");
      const bodies = sent.map(({ body }) => JSON.parse(body));
      const userId = argument.userId ?? user?.userId;
      const secrets = { statusToken, userId, userHandle: userId && Buffer.from(userId).toString("base64url") };
      const { challenge } = argument[CEREMONIES[name].options];
      for (const { id, response } of bodies)
        if (response) Object.assign(secrets, { challenge, credential: id, ...response });
      secrets.token = result.token ?? (await shop.statusBehindFaults(statusToken)).token;
      return {
        result,
        sent: sent.map(({ path }, at) => ({ path, body: bodies[at] })),
        secrets: Object.fromEntries(Object.entries(secrets).filter(([, value]) => isText(value))),
      };
    },

    /** Where secrets were seen. */
    leaks: async (secrets) => leaksIn(await watched.sightings(maySend), secrets),

    async close() {
      await page.close();
      recorder.stop();
    },
  };
};
