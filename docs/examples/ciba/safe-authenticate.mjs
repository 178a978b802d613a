import { createClient, readEmail, useToken } from "./client.mjs";

const client = createClient();

/**
 * A push and its poll. Nothing to catch: no method throws or rejects because of the network or the server.
 *
 * @param {string} email
 */
async function safeAuthenticate(email) {
  const request = await client.initiateAppApproval(email);
  if (request.error !== undefined) return { success: false, error: request.error };

  const approval = await client.pollForApproval(email, request.auth_req_id, { timeout: 60 });
  if (approval.status === "approved") return { success: true, token: approval.token };
  // A status such as "access_denied", or the error of the requests, e.g. "network_timeout" or "connection_failed".
  return { success: false, error: approval.status === "error" ? approval.error : approval.status };
}

// The client has this as a method, too: `client.safeAuthenticate(email)`.
const result = await safeAuthenticate(readEmail());
if (result.success) useToken(result.token);
else console.log(`Error: ${result.error}`);
process.exitCode = result.success ? 0 : 1;
