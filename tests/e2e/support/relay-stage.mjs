// The Node relay on a port of its own, before a provider that responds as a test says.

import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { after, before } from "node:test";

import { cibaRelay } from "../../../docs/examples/ciba-relay.mjs";
import { serve } from "./processes.mjs";

/** Its form-encoded text differs in every way that there is: a colon, a blank, and characters that only forms encode. */
export const CLIENT = { clientId: "shop & co", clientSecret: "1:2 ü!'()*~", workspaceId: "5f0c9d3e" };
/** `Authorization` of this client: RFC 6749, section 2.3.1, and the URL standard's form encoding. */
export const CREDENTIALS = "shop+%26+co:1%3A2+%C3%BC%21%27%28%29*%7E";
export const ORIGIN = "http://localhost:5180";
export const MESSAGE = "Sign in, code 1";
export const PENDING = { error: "authorization_pending", error_description: "not yet" };

/** A body of each route, complete. */
export const newBodies = () => ({
  initiate: { email: `${randomUUID()}@example.com`, binding_message: MESSAGE },
  token: { auth_req_id: randomUUID() },
  totp: { email: `${randomUUID()}@example.com`, totp_code: "012345" },
});

/** The session of a request is named by its header `x-session`, and its email by `x-email`. */
const sessionOf = ({ headers }) =>
  headers["x-session"] && { id: headers["x-session"], ...(headers["x-email"] && { email: headers["x-email"] }) };

/**
 * A relay for the tests of a file or a suite.
 *
 * @param {object | ((origin: string) => object)} [options] of `cibaRelay`, besides those of `CLIENT`
 */
export const useRelay = (options = {}) => {
  const relay = { received: [] };
  /** What the provider does. */
  const respond = (status, body, headers = {}) => {
    relay.act = (_, response) => {
      response.writeHead(status, { "Content-Type": "application/json", ...headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    };
  };
  before(async () => {
    relay.provider = await serve(async (request, response) => {
      const { method, url, headers } = request;
      const sent = await text(request);
      const isJson = headers["content-type"] === "application/json";
      const body = isJson ? JSON.parse(sent) : Object.fromEntries(new URLSearchParams(sent));
      relay.received.push({ method, url, headers, body });
      relay.act(request, response);
    });
    const { origin } = relay.provider;
    const serveRelay = cibaRelay({
      baseUrl: origin,
      ...CLIENT,
      origin: ORIGIN,
      sessionOf,
      bindingMessages: /^Sign in, code \d$/,
      ...(typeof options === "function" ? options(origin) : options),
    });
    relay.server = await serve(serveRelay);
  });
  after(() => {
    relay.server?.stop();
    relay.provider?.stop();
  });

  /** Sends a request as the page does, except for what `init` says. */
  const send = async (route, body, { headers, ...init } = {}) => {
    relay.received.length = 0;
    const response = await fetch(`${relay.server.origin}/auth/ciba/${route}`, {
      method: "POST",
      headers: { Origin: ORIGIN, "Content-Type": "application/json", "X-Session": randomUUID(), ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
      ...init,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  return Object.assign(relay, {
    respond,
    send,

    /** Starts a push, in a new session by default. Resolves to what a poll of it takes: `[body, init]`. */
    async initiate({ headers, email = newBodies().initiate.email, ...response } = {}) {
      const { auth_req_id } = newBodies().token;
      const init = { headers: { "X-Session": randomUUID(), ...headers } };
      const { act } = relay;
      respond(200, { auth_req_id, expires_in: 300, interval: 5, ...response });
      const { status, text: said } = await send("initiate", { email, binding_message: MESSAGE }, init);
      if (status !== 200) throw new Error(`the push was not started: ${status} ${said}`);
      relay.act = act;
      relay.received.length = 0;
      return [{ auth_req_id }, init];
    },
  });
};

/** Collects what the relay logs. */
export const watchLog = (t) => {
  const log = t.mock.method(console, "error", () => {});
  return () => log.mock.calls.map(({ arguments: words }) => words.join(" ")).join("\n");
};
