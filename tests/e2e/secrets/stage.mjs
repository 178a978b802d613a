// A watched page that runs ceremonies.

import { serveInjection } from "../support/browser.mjs";
import { CEREMONIES } from "../support/result-table.mjs";
import { openWatched } from "./watched-page.mjs";

const CARRIERS = /^\/(_app\/(assertion|attestation)\/result|api\/v1\/status)$/;

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
      const all = {
        onProgress: (stage) => globalThis.watch.note("progress", stage),
        onEnd: (event) => globalThis.watch.note("end", event),
        debug: true,
        ...settings,
        ...twists[twist]?.(),
      };
      let result = await module[name](argument, all);
      if (twist === "outcome")
        result = await module.outcome(
          { ...argument, ceremony: name === "register" ? "registration" : "authentication" },
          all,
        );
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

/** Opens it; `version` of the package is `"WebAssembly"`, `"JavaScript"` or `"crashing"`. */
export const openStage = async (setting, { version = "WebAssembly" } = {}) => {
  const watched = await openWatched(setting, {
    carriers: CARRIERS,
    prepare: version === "crashing" ? serveInjection : undefined,
  });
  const { page, recorder } = watched;
  await page.evaluate(install, version !== "JavaScript");

  return {
    ...watched,

    /** Runs a call. Returns its result, the requests, and the secrets of the call. */
    async run(name, { argument, user, statusToken = argument.statusToken }, { settings, twist } = {}) {
      const from = recorder.requests.length;
      const result = await page.evaluate(
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
      secrets.token = result.token ?? (await setting.shop.statusBehindFaults(statusToken)).token;
      return {
        result,
        sent: sent.map(({ path }, at) => ({ path, body: bodies[at] })),
        secrets: Object.fromEntries(Object.entries(secrets).filter(([, value]) => isText(value))),
      };
    },
  };
};
