// What the programs beside this file share: a client from the environment, and questions at the terminal.
//
//   AUTHSEC_URL          AuthSec's address; https://prod.api.authsec.ai by default
//   CIBA_CLIENT_ID       your client, and
//   CIBA_CLIENT_SECRET   its secret, which has no place in the code or on a command line
//   CIBA_WORKSPACE_ID    its workspace, for codes

import { createInterface } from "node:readline/promises";

import { CIBAClient } from "webauthn-result/ciba";

const { AUTHSEC_URL, CIBA_CLIENT_ID, CIBA_CLIENT_SECRET, CIBA_WORKSPACE_ID } = process.env;

/** @param {import("webauthn-result/ciba").ClientOptions} [options] */
export const createClient = (options) =>
  new CIBAClient({
    baseUrl: AUTHSEC_URL,
    clientId: CIBA_CLIENT_ID,
    clientSecret: CIBA_CLIENT_SECRET,
    workspaceId: CIBA_WORKSPACE_ID,
    ...options,
  });

/** Who is asked: the argument of the program. */
export const readEmail = () => {
  const email = process.argv[2];
  if (email) return email;
  console.error(`Usage: node ${process.argv[1]} user@example.com`);
  process.exit(2);
};

/** Asks at the terminal. Resolves to the answer, without blanks around it. */
export const ask = async (/** @type {string} */ question) => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
};

/** A token is a secret: whoever has it is the user. A program hands it on, and prints none. */
export const useToken = (/** @type {string | null} */ token) =>
  console.log(`Approved. The token has ${token?.length ?? 0} characters.`);
