// A shop's backend for the quick start: starts transactions at the Authentication Cloud and verifies how they ended.
//
//   CLOUD_URL=https://INSTANCE.mauth.nevis.cloud ACCESS_KEY=… node backend.mjs

import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";

// #region cloud
const { CLOUD_URL, ACCESS_KEY } = process.env;

/** Sends a request to the cloud, with the access key, which must not reach a page. */
async function callCloud(path, body) {
  const form = body instanceof URLSearchParams;
  const response = await fetch(CLOUD_URL + path, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${ACCESS_KEY}`,
      "Content-Type": form ? "application/x-www-form-urlencoded" : "application/json",
    },
    body: form ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return response.json();
}

const startRegistration = (username) =>
  callCloud("/api/v1/users/enroll", { username, displayName: username, channel: "fido2" });

const startApproval = (username) => callCloud("/api/v1/approval", { username, channel: "fido2" });

/** Resolves to the ID of the user who approved the transaction; to undefined if nobody has. */
async function approvedBy(statusToken, token) {
  const { active } = await callCloud("/api/v1/introspect", new URLSearchParams({ token }));
  // Active means that the token is genuine. The status says how this transaction ended, and whose it is.
  const { status, userId } = await callCloud("/api/v1/status", { statusToken });
  return active && status === "succeeded" ? userId : undefined;
}
// #endregion cloud

// #region routes
const routes = {
  // In a real shop: only for a signed-in user, and with the username of the session.
  async "/api/enroll"({ username }, session) {
    const response = await startRegistration(username);
    session.statusToken = response.enrollment.statusToken;
    return response;
  },

  async "/api/approve"({ username }, session) {
    const approval = await startApproval(username);
    session.statusToken = approval.statusToken;
    return approval;
  },

  async "/api/introspect"({ token }, session) {
    const { statusToken } = session;
    delete session.statusToken; // each transaction counts once
    const userId = statusToken && (await approvedBy(statusToken, token));
    if (userId) session.userId = userId; // the user is signed in; or make the payment now
    return { active: userId !== undefined };
  },
};
// #endregion routes

const sessions = new Map();

/** The session of the browser's cookie, or a new one. */
function sessionOf(request, response) {
  const named = /(?:^|; )session=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];
  if (sessions.has(named)) return sessions.get(named);
  const id = randomUUID();
  sessions.set(id, {});
  response.setHeader("Set-Cookie", `session=${id}; Path=/; HttpOnly; SameSite=Strict`);
  return sessions.get(id);
}

const server = createServer(async (request, response) => {
  const route = request.method === "POST" && Object.hasOwn(routes, request.url) ? routes[request.url] : undefined;
  const send = (status, value) => {
    response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
    response.end(JSON.stringify(value));
  };
  if (!route) return send(404, { error: "no such endpoint" });
  try {
    send(200, await route(await json(request), sessionOf(request, response)));
  } catch (error) {
    console.error(error.message);
    send(502, { error: "That did not work." });
  }
});
server.listen(Number(process.env.PORT ?? 4000), "127.0.0.1", () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  console.log(`backend listening on http://localhost:${port}`);
});
