// Drives a browser through its WebDriver server: starts it, runs functions in a page, and leaves no process behind.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";

import { freePorts } from "../../e2e/support/processes.mjs";

/** A verified user who consents to everything. */
const WILLING = {
  protocol: "ctap2",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserConsenting: true,
  isUserVerified: true,
};

/** Starts the WebDriver server. Resolves when it responds, to the function that sends commands. */
const startDriver = async (command, args) => {
  // A separate process group, so that processes of the driver end with it.
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"], detached: true });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (log += text));
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {} // it has ended
  };
  const killAll = () => kill("SIGKILL");
  process.on("exit", killAll);
  const ended = once(child, "exit").then(
    ([code]) => `${command} ended with ${code}:\n${log}`,
    (error) => String(error),
  );
  let isRunning = true;
  ended.then(() => (isRunning = false));
  return {
    async whileItRuns(attempt) {
      for (;;) {
        if (!isRunning) throw new Error(await ended);
        const answer = await attempt().catch(() => undefined);
        if (answer) return answer;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      kill("SIGTERM");
      await ended;
      killAll();
      process.off("exit", killAll);
    },
  };
};

/**
 * Starts a browser.
 *
 * @param {{ driver: (port: number) => string[], capabilities: object, transport?: string }} browser a value of
 *   support/browsers.mjs
 */
export const startBrowser = async ({ driver, capabilities, transport }) => {
  const [port] = await freePorts(1);
  const [command, ...args] = driver(port);
  const server = await startDriver(command, args);
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { "Content-Type": "application/json; charset=utf-8" },
      body: body && JSON.stringify(body),
    });
    const { value } = await response.json();
    assert.ok(response.ok, `${method} ${path}: ${value?.error}: ${value?.message}`);
    return value;
  };
  const isReady = async () => (await ask("GET", "/status")).ready;
  let session;
  try {
    await server.whileItRuns(isReady);
    session = await ask("POST", "/session", { capabilities: { alwaysMatch: capabilities } });
  } catch (error) {
    await server.stop();
    throw error;
  }
  const inSession = (method, path, body) => ask(method, `/session/${session.sessionId}${path}`, body);

  /** Calls `body`, a function without free variables, in the page. Resolves to its result, passed as JSON. */
  const run = async (body, ...args) => {
    const [value, error] = await inSession("POST", "/execute/async", {
      script: `
        const [args, done] = arguments;
        Promise.resolve().then(() => (${body})(...args)).then(
          (value) => done([value]),
          (error) => done([null, String(error)]),
        );`,
      args: [args],
    });
    if (error) throw new Error(`in the page: ${error}`);
    return value;
  };

  return {
    /** Its name and version, as it reports them. */
    version: `${session.capabilities.browserName} ${session.capabilities.browserVersion}`,

    open: (url) => inSession("POST", "/url", { url }),

    run,

    /**
     * Opens a second window. Its `run` acts there; afterwards, commands go to the first window again.
     *
     * @returns {Promise<{ run: typeof run }>}
     */
    async openWindow(url) {
      const first = await inSession("GET", "/window");
      const { handle } = await inSession("POST", "/window/new", { type: "window" });
      const there = async (act) => {
        await inSession("POST", "/window", { handle });
        try {
          return await act();
        } finally {
          await inSession("POST", "/window", { handle: first });
        }
      };
      await there(() => inSession("POST", "/url", { url }));
      return { run: (...values) => there(() => run(...values)) };
    },

    /** Deletes the cookies of the page. */
    deleteCookies: () => inSession("DELETE", "/cookie"),

    /** Adds an authenticator. Resolves to its ID. */
    addAuthenticator: () => inSession("POST", "/webauthn/authenticator", { ...WILLING, transport }),

    /** Removes it: a prompt then waits for one. */
    removeAuthenticator: (id) => inSession("DELETE", `/webauthn/authenticator/${id}`),

    async stop() {
      try {
        await inSession("DELETE", "");
      } finally {
        await server.stop();
      }
    },
  };
};
