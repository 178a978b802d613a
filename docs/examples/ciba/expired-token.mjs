import { createClient, readEmail, useToken } from "./client.mjs";

const client = createClient();
const email = readEmail();

/** A push and its poll, which lasts longer than the request: AuthSec's live 5 minutes. */
const authenticate = () => client.safeAuthenticate(email, { timeout: 600 });

let result = await authenticate();
if (!result.success && result.error === "expired_token") {
  console.log("Request expired. Starting new authentication...");
  result = await authenticate();
}

if (result.success) useToken(result.token);
else console.log(`Not approved: ${result.error}`);
process.exitCode = result.success ? 0 : 1;
