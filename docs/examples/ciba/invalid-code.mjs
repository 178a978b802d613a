import { ask, createClient, readEmail, useToken } from "./client.mjs";

const client = createClient();
const email = readEmail();

let result;
do {
  result = await client.verifyTotp(email, await ask("Enter 6-digit code: "));
  if (!result.success && result.error === "invalid_code") {
    console.log(`Invalid code. ${result.remaining} attempts remaining.`);
    console.log("Please check your authenticator app and try again.");
  }
} while (!result.success && result.error === "invalid_code" && result.remaining > 0);

if (result.success) useToken(result.token);
else console.log(`Not verified: ${result.error}`);
process.exitCode = result.success ? 0 : 1;
