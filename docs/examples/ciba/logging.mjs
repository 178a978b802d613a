import { createClient, readEmail, useToken } from "./client.mjs";

/** Your own logger: these four methods. What it gets holds the email, but never a token, a code or an auth_req_id. */
const line = (/** @type {string} */ level) => (/** @type {string} */ text) =>
  console.error(`${new Date().toISOString()} ${level} ${text}`);
const logger = { debug: line("DEBUG"), info: line("INFO"), warn: line("WARNING"), error: line("ERROR") };

const result = await createClient({ logger }).safeAuthenticate(readEmail());
if (result.success) useToken(result.token);
process.exitCode = result.success ? 0 : 1;
