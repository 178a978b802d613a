// The ports of `npm start`: read from the environment, and free before anything is built.

import { once } from "node:events";
import { connect, createServer } from "node:net";

import { readVariable } from "../environment.mjs";
import { ExpectedFailure } from "../failure.mjs";

const NAMES = ["PORT", "CLOUD_PORT", "PHONE_PORT"];

/** Browsers try both addresses for `localhost`, so a port that is in use on one would reach another server. */
const LOOPBACK = ["127.0.0.1", "::1"];

/**
 * Resolves to the three ports, by environment variable.
 *
 * @param {Record<string, string | undefined>} [env]
 * @param {{ isCloudRunning?: boolean }} [options] whether the cloud's ports are a running cloud's
 * @returns {Promise<{ PORT: number, CLOUD_PORT: number, PHONE_PORT: number }>}
 * @throws {ExpectedFailure} if one is invalid, named twice or in use
 */
export const readPorts = async (env = process.env, { isCloudRunning = false } = {}) => {
  const ports = /** @type {{ PORT: number, CLOUD_PORT: number, PHONE_PORT: number }} */ (
    Object.fromEntries(NAMES.map((name) => [name, readVariable(name, env)]))
  );
  for (const [at, name] of NAMES.entries()) {
    const other = NAMES.slice(0, at).find((earlier) => ports[earlier] === ports[name]);
    if (other)
      throw new ExpectedFailure(`${other} and ${name} are both ${ports[name]}: choose another for one of them.`);
  }
  for (const name of isCloudRunning ? ["PORT"] : NAMES)
    if (!(await isFree(ports[name]))) {
      const free = await freePortAfter(ports[name], Object.values(ports));
      throw new ExpectedFailure(
        `Port ${ports[name]} is in use. Stop what uses it, or choose another: ${name}=${free} npm start`,
      );
    }
  return ports;
};

/** Whether a port of `localhost` is free. */
export const isFree = async (port) => {
  for (const host of LOOPBACK) if ((await responds(port, host)) || !(await canListen(port, host))) return false;
  return true;
};

/** On macOS, a server can listen on one address even if another one listens on all addresses of the same port. */
const responds = (port, host) =>
  new Promise((resolve) => {
    const socket = connect({ port, host });
    const end = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.on("connect", () => end(true));
    socket.on("error", () => end(false));
  });

const canListen = async (port, host) => {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, "listening");
  } catch (error) {
    // Without IPv6, nothing listens there.
    if (error.code === "EACCES")
      throw new ExpectedFailure(`Port ${port} is reserved by the system: choose one above 1023.`);
    return error.code !== "EADDRINUSE";
  }
  server.close();
  await once(server, "close");
  return true;
};

const freePortAfter = async (port, taken) => {
  const last = 65535;
  for (let next = port === last ? 1024 : port + 1; next < last; next++)
    if (!taken.includes(next) && (await isFree(next))) return next;
  return last;
};
