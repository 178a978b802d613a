import { createClient, readEmail } from "./client.mjs";

const client = createClient();

const request = await client.initiateAppApproval(readEmail());
if (request.error === "connection_failed") {
  console.log("Cannot connect to AuthSec API.");
  console.log("Please check:");
  console.log("  1. Your internet connection");
  console.log("  2. Firewall settings");
  console.log("  3. API endpoint URL");
} else {
  console.log(request.error === undefined ? "Push sent." : `No push: ${request.error}`);
}
process.exitCode = request.error === undefined ? 0 : 1;
