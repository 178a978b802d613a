// Stands between a page and a cloud: takes down each request as it came over the wire, and spoils what answers say of cookies
// and caches.

import { request as send } from "node:http";

import { serve } from "../support/processes.mjs";

/** An answer that a browser which keeps answers would keep, and a cookie that one which takes cookies would take. */
const TEMPTING = { "Cache-Control": "public, max-age=86400", "Set-Cookie": "planted=by-the-cloud; Path=/" };

/**
 * Starts it before a cloud; `requests` are those that came, `{ method, path, headers, body }`. While `redirect` is set,
 * `{ status, location }`, what is posted is sent there.
 */
export const startRecorder = async (baseUrl) => {
  const { host, hostname, port } = new URL(baseUrl);
  const requests = [];
  const recorder = { requests };
  const { origin, stop } = await serve(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method, url: path, headers } = request;
    requests.push({ method, path, headers, body: body.toString() });
    const { redirect } = recorder;
    if (redirect && method === "POST") {
      const allowed = { "Access-Control-Allow-Origin": headers.origin ?? "*" };
      return response.writeHead(redirect.status, { Location: redirect.location, ...allowed }).end();
    }
    // No service has anything to get.
    if (method === "GET") return response.writeHead(200, TEMPTING).end("{}");
    const onward = send({ hostname, port, method, path, headers: { ...headers, host } }, (answer) => {
      response.writeHead(answer.statusCode, { ...answer.headers, ...TEMPTING });
      answer.on("error", () => response.destroy()).pipe(response);
    });
    // What the cloud cuts is cut here.
    onward.on("error", () => response.destroy());
    onward.end(body);
  });
  return Object.assign(recorder, { baseUrl: origin, stop });
};
