// The servers of `npm start`: the local cloud, unless there is one, and the demo shop. If one ends, so does the other.

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

import { ExpectedFailure } from "../failure.mjs";
import { root, target } from "../run.mjs";

/** How long a server may take to listen, in milliseconds. */
const START_LIMIT = 30_000;

/** The shop's client at AuthSec: see www/backend.mjs. */
export const CIBA_CLIENT_ID = "harbour-and-pine";

const createSecret = () => randomBytes(24).toString("base64url");

/**
 * The arguments of the local cloud. None of them makes it kinder than the real services.
 *
 * @param {{ PORT: number, CLOUD_PORT: number, PHONE_PORT: number }} ports
 * @param {string} data folder of the database
 */
export const cloudArguments = ({ PORT, CLOUD_PORT, PHONE_PORT }, data) => [
  ...["--port", String(CLOUD_PORT), "--phone-port", String(PHONE_PORT)],
  ...["--origin", `http://localhost:${PORT}`, "--data", data],
];

/**
 * The cloud of our own, which is to be started. It gets new secrets each time, known only to it and to the shop's backend.
 *
 * @typedef {{ cloudUrl: string, phoneUrl: string, accessKey: string, clientSecret: string }} Cloud
 * @returns {Cloud}
 */
const ownCloud = ({ CLOUD_PORT, PHONE_PORT }) => ({
  cloudUrl: `http://localhost:${CLOUD_PORT}`,
  phoneUrl: `http://localhost:${PHONE_PORT}`,
  accessKey: createSecret(),
  clientSecret: createSecret(),
});

/**
 * Starts both; resolves once both listen, or have been stopped before that, to `{ isReady, ended }`. `ended` resolves after
 * SIGINT or SIGTERM, and rejects if one of them ends by itself.
 *
 * @param {{ PORT: number, CLOUD_PORT: number, PHONE_PORT: number }} ports
 * @param {string} [data] folder of the database
 * @param {Cloud} [running] a cloud that runs already: only the shop is started
 */
export const startServers = async (ports, data = join(root, ".data"), running = undefined) => {
  const { cloudUrl, phoneUrl, accessKey, clientSecret } = running ?? ownCloud(ports);
  const env = { ...process.env, LOCAL_CLOUD_ACCESS_KEY: accessKey };
  const cloudEnv = { ...env, LOCAL_CLOUD_CIBA_CLIENTS: `${CIBA_CLIENT_ID}:${clientSecret}` };
  const shopEnv = { ...env, CIBA_CLIENT_SECRET: clientSecret, CLOUD_URL: cloudUrl, PHONE_URL: phoneUrl };
  // Before the first of them starts: a signal that arrives meanwhile must end it, too.
  let isStopping = false;
  const servers = [];
  const stop = () => {
    for (const { child } of servers) child.kill("SIGTERM");
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => {
      isStopping = true;
      stop();
    });
  process.on("exit", stop);
  if (!running)
    servers.push(startServer("local cloud", join(target, "debug/local-cloud"), cloudArguments(ports, data), cloudEnv));
  servers.push(
    startServer("demo shop", process.execPath, [join(root, "www/backend.mjs"), "--port", ports.PORT], shopEnv),
  );
  const ended = Promise.all(
    servers.map(async ({ name, exit }) => {
      const reason = await exit;
      if (!isStopping) {
        stop();
        throw new ExpectedFailure(`The ${name} stopped: ${reason}`);
      }
    }),
  );
  const listening = Promise.all(servers.map((server) => server.listening)).then(() => true);
  const slow = new Promise((_, reject) => {
    const limit = new ExpectedFailure(
      `The servers did not start within ${START_LIMIT / 1000} seconds: run npm start again.`,
    );
    setTimeout(reject, START_LIMIT, limit).unref();
  });
  let isReady;
  try {
    isReady = await Promise.race([listening, ended.then(() => false), slow]);
  } catch (error) {
    stop();
    throw error;
  }
  return { isReady, ended };
};

const startServer = (name, command, args, env) => {
  const child = spawn(command, args.map(String), { env, stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
    process.stderr.write(text);
  });
  const listening = new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text) => text.includes(" listening on ") && resolve());
  });
  const exit = new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) =>
      resolve(errors.trim().split("\n").at(-1) || `it ended with ${signal ?? `exit code ${code}`}`),
    );
  });
  return { name, child, listening, exit };
};
