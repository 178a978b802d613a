// Runs the clients of package registries, and recognizes that one does not respond.

import { ExpectedFailure } from "./failure.mjs";
import { run } from "./run.mjs";

/** What a client prints if the network, and not the package, is the cause. */
const UNREACHABLE = new RegExp(
  [
    "ETIMEDOUT|ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|FETCH_ERROR|ERR_SOCKET_TIMEOUT",
    "network timeout|timed out|timeout was reached|low speed|too slow|connection refused|network is unreachable",
    "couldn?['o]?t (?:resolve|connect)|could not (?:resolve|connect|download file)|failed to lookup address|dns error",
    "temporary failure (?:resolving|in name resolution)|name or service not known|failed to fetch",
  ].join("|"),
  "i",
);

/** Whether a client's output says that its registry does not respond. */
export const isUnreachable = (output) => UNREACHABLE.test(output);

/**
 * Runs a registry's client.
 *
 * @param {string} registry its name, for a sentence
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: object, onlyIfUnreachable?: boolean }} [options] with `onlyIfUnreachable` other failures are ignored
 * @throws {ExpectedFailure} if the registry does not respond
 */
export const install = async (registry, command, args, { env, onlyIfUnreachable = false } = {}) => {
  const patience = { CARGO_HTTP_TIMEOUT: "20", CARGO_NET_RETRY: "1" };
  try {
    await run(command, args, { env: { ...patience, ...env } });
  } catch (error) {
    if (isUnreachable(error.output))
      throw new ExpectedFailure(`${registry} does not respond: check the network and its proxy, then run this again.`);
    if (!onlyIfUnreachable) throw error;
  }
};
