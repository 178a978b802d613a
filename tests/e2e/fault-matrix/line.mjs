// Faults between the page and the cloud: refused or reset connections, DNS, copies, a page that is left.

import { freePorts, serve } from "../support/processes.mjs";

/** A name that the browser does not resolve, whatever the network does. */
const UNRESOLVED = "nowhere.invalid";

/** Launch options: that name, and the back-forward cache, which playwright disables. */
export const LAUNCH = {
  args: [`--host-resolver-rules=MAP ${UNRESOLVED} ~NOTFOUND`],
  ignoreDefaultArgs: ["--disable-back-forward-cache"],
};

/** Forwards a request to the cloud, and resets the connection after half of the response's body. */
const resetting = (shop) => async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { host, connection, "content-length": length, ...headers } = request.headers;
  const answer = await fetch(shop.baseUrl + request.url, {
    method: request.method,
    headers,
    body: chunks.length ? Buffer.concat(chunks) : undefined,
  });
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    "content-length": body.length,
    connection: "close",
  });
  if (request.method !== "POST") return response.end(body);
  response.write(body.subarray(0, body.length / 2), () => setTimeout(() => request.socket.resetAndDestroy(), 50));
};

/** Starts the servers around the shop's cloud; `elsewhere.visits` are the requests to the other host. */
export const startSurroundings = async (shop) => {
  const visits = [];
  // A host that accepts everything: following a redirect to it would invent a success.
  const other = await serve((request, response) => {
    visits.push(request.method);
    response
      .writeHead(200, { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" })
      .end('{"status":"ok","errorMessage":"","token":"a-stranger\'s"}');
  });
  const reset = await serve(resetting(shop));
  const [closed] = await freePorts(1);
  return {
    // Another host, not just another port.
    elsewhere: { location: `http://127.0.0.1:${other.port}/`, visits },
    detours: {
      reset: reset.origin,
      closed: `http://localhost:${closed}`,
      unresolved: `http://${UNRESOLVED}`,
    },
    stop() {
      for (const server of [other, reset]) server.stop();
    },
  };
};

/** For each page a promise per absence, which resolves when the page is back. */
const absences = new WeakMap();

/** Resolves when the page is back from all absences. */
export const isBack = (page) => Promise.all(absences.get(page));

/** Exposes `line(what)` to the page, for faults that affect the whole page. */
export const prepare = async (page) => {
  const acts = {
    offline: () => page.context().setOffline(true),
    online: () => page.context().setOffline(false),
    leave: async (duration) => {
      await page.goto(new URL("/favicon.svg", page.url()).href);
      await new Promise((resolve) => setTimeout(resolve, duration));
      await page.goBack({ waitUntil: "commit" });
    },
  };
  absences.set(page, []);
  await page.exposeFunction("line", (what, ...values) => {
    const act = acts[what](...values);
    if (what === "leave") absences.get(page).push(act);
    return act;
  });
};

/**
 * Evaluated in the page: applies the fault `line` to the first `attempts` requests to `path`. Counts them in `lineAttempts`,
 * and returns of the page from the cache in `lineReturns`.
 */
export const disturb = ({ path, attempts, line, detour, absence }) => {
  const real = globalThis.fetch;
  Object.assign(globalThis, { lineAttempts: 0, lineReturns: 0 });
  globalThis.onpageshow = ({ persisted }) => {
    if (persisted) globalThis.lineReturns += 1;
  };
  const acts = {
    offline: async (url, options) => {
      await globalThis.line("offline");
      try {
        return await real(url, options);
      } finally {
        await globalThis.line("online");
      }
    },
    copy: async (url, options) => {
      await (await real(url, options)).text();
      return real(url, options);
    },
    leave: (url, options) => {
      const answer = real(url, options);
      globalThis.line("leave", absence);
      return answer;
    },
  };
  globalThis.fetch = (url, options) => {
    if (!url.endsWith(path)) return real(url, options);
    globalThis.lineAttempts += 1;
    if (globalThis.lineAttempts > attempts) return real(url, options);
    return acts[line]?.(url, options) ?? real(detour + path, options);
  };
};
