import { setTimeout as sleep } from "node:timers/promises";

import { createClient, readEmail } from "./client.mjs";

const client = createClient({ requestTimeout: Number(process.env.REQUEST_MS ?? 10_000) });
const email = readEmail();

let request = await client.initiateAppApproval(email);
if (request.error === "network_timeout") {
  console.log("Network timeout. Please check your internet connection.");
  console.log("Retrying in 5 seconds...");
  await sleep(5000);
  request = await client.initiateAppApproval(email);
}

console.log(request.error === undefined ? "Push sent." : `No push: ${request.error}`);
process.exitCode = request.error === undefined ? 0 : 1;
