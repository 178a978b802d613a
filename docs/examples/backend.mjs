// A shop's backend for the quick start: starts transactions at the Authentication Cloud and verifies how they ended.
//
//   CLOUD_URL=https://INSTANCE.mauth.nevis.cloud ACCESS_KEY=… node backend.mjs

import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";

// #region cloud
const { CLOUD_URL, ACCESS_KEY } = process.env;

/** Asks the cloud, with the access key that no page may hold. */
async function ask(path, body) {
  const form = body instanceof URLSearchParams;
  const answer = await fetch(CLOUD_URL + path, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${ACCESS_KEY}`,
      "Content-Type": form ? "application/x-www-form-urlencoded" : "application/json",
    },
    body: form ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

const startRegistration = (username) =>
  ask("/api/v1/users/enroll", { username, displayName: username, channel: "fido2" });

const startApproval = (username) => ask("/api/v1/approval", { username, channel: "fido2" });

/** Who approved the transaction of this status token; undefined where nobody has. */
async function approvedBy(statusToken, token) {
  const { active } = await ask("/api/v1/introspect", new URLSearchParams({ token }));
  // Active: the token is genuine. Of which transaction, and how that ended, is asked of the status.
  const { status, userId } = await ask("/api/v1/status", { statusToken });
  return active && status === "succeeded" ? userId : undefined;
}
// #endregion cloud

// #region routes
const routes = {
  // In a real shop only for a person who is signed in, and under the name of that session.
  async "/api/enroll"({ username }, session) {
    const answer = await startRegistration(username);
    session.statusToken = answer.enrollment.statusToken;
    return answer;
  },

  async "/api/approve"({ username }, session) {
    const answer = await startApproval(username);
    session.statusToken = answer.statusToken;
    return answer;
  },

  async "/api/introspect"({ token }, session) {
    const { statusToken } = session;
    delete session.statusToken; // each transaction counts once
    const userId = statusToken && (await approvedBy(statusToken, token));
    if (userId) session.userId = userId; // signed in, or: now make the payment
    return { active: userId !== undefined };
  },
};
// #endregion routes

const sessions = new Map();

/** The session that the browser's cookie names, or a new one. */
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
  console.log(`backend listening on http://localhost:${server.address().port}`);
});
