// A local cloud that somebody has started, for `npm start -- --cloud ADDRESS`: the package `webauthn-result-cloud`, or a container.

import { ExpectedFailure } from "../failure.mjs";
import { CIBA_CLIENT_ID } from "./servers.mjs";

/** How long it may take to respond, in milliseconds. */
const LIMIT = 5_000;

/**
 * Resolves to what the shop needs to know of it, once it is ready. The secrets come from the environment, where the cloud had its
 * own; `secret` is the cloud's default.
 *
 * @param {string} address
 * @param {{ PORT: number, PHONE_PORT: number }} ports
 * @throws {ExpectedFailure} if there is none, with the command that starts one
 */
export const findRunningCloud = async (address, { PORT, PHONE_PORT }, env = process.env) => {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new ExpectedFailure(
      `--cloud must be an address, e.g. http://localhost:5190, but is ${JSON.stringify(address)}.`,
    );
  const cloudUrl = new URL(address).origin;
  const response = await fetch(`${cloudUrl}/ready`, { signal: AbortSignal.timeout(LIMIT) }).catch(() => undefined);
  if (!response?.ok)
    throw new ExpectedFailure(
      `No local cloud is ready at ${cloudUrl}. Start one in another terminal: ` +
        `LOCAL_CLOUD_CIBA_CLIENTS=${CIBA_CLIENT_ID}:secret npx webauthn-result-cloud --origin http://localhost:${PORT}`,
    );
  return {
    cloudUrl,
    phoneUrl: `http://localhost:${PHONE_PORT}`,
    accessKey: env.LOCAL_CLOUD_ACCESS_KEY || "secret",
    clientSecret: env.CIBA_CLIENT_SECRET || "secret",
  };
};
