import { ask, createClient, readEmail, useToken } from "./client.mjs";

const client = createClient();

const token = await client.authenticateWithFallback(readEmail(), {
  timeout: Number(process.env.POLL_SECONDS ?? 30),
  promptForCode(reason) {
    console.log(`CIBA failed: ${reason}`);
    console.log("Falling back to TOTP...");
    return ask("Enter 6-digit code: ");
  },
});

if (token === null) console.log("TOTP also failed.");
else useToken(token);
process.exitCode = token === null ? 1 : 0;
