// A proxy between a page and a cloud: records each request, and adds cookies and cache headers to responses.

import { request as send } from "node:http";

import { serve } from "../support/processes.mjs";

/** Headers that set a cookie and allow caching. */
const TEMPTING = { "Cache-Control": "public, max-age=86400", "Set-Cookie": "planted=by-the-cloud; Path=/" };

/**
 * Starts the proxy; `requests` are those received, `{ method, path, headers, body }`. While `redirect`, `{ status, location }`,
 * is set, POST requests are redirected.
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
    // The services have no GET endpoints.
    if (method === "GET") return response.writeHead(200, TEMPTING).end("{}");
    const onward = send({ hostname, port, method, path, headers: { ...headers, host } }, (answer) => {
      response.writeHead(answer.statusCode, { ...answer.headers, ...TEMPTING });
      answer.on("error", () => response.destroy()).pipe(response);
    });
    // A connection that the cloud cuts is cut here too.
    onward.on("error", () => response.destroy());
    onward.end(body);
  });
  return Object.assign(recorder, { baseUrl: origin, stop });
};
