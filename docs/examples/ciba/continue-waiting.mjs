import { ask, createClient, readEmail, useToken } from "./client.mjs";

const client = createClient();
const email = readEmail();
const timeout = Number(process.env.POLL_SECONDS ?? 60);

const request = await client.initiateAppApproval(email);
if (request.error !== undefined) {
  console.log(`No push: ${request.error}`);
  process.exit(1);
}

// A poll that timed out has ended nothing: the request goes on, and the same auth_req_id can be polled again.
let approval = await client.pollForApproval(email, request.auth_req_id, { timeout });
while (approval.status === "timeout") {
  console.log(`Request timed out after ${timeout} seconds.`);
  const choice = await ask("Continue waiting? (y/n): ");
  if (choice.toLowerCase() === "y") {
    approval = await client.pollForApproval(email, request.auth_req_id, { timeout });
  } else {
    console.log("Authentication cancelled.");
    approval = client.cancelApproval(email);
  }
}

if (approval.status === "approved") useToken(approval.token);
else console.log(`Not approved: ${approval.status === "error" ? approval.error : approval.status}`);
process.exitCode = approval.status === "approved" ? 0 : 1;
