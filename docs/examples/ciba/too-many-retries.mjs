import { ask, createClient, readEmail, useToken } from "./client.mjs";

const client = createClient();
const email = readEmail();

for (;;) {
  const result = await client.verifyTotp(email, await ask("Enter 6-digit code: "));
  if (result.success) {
    useToken(result.token);
    break;
  }
  console.log(`Not verified: ${result.error}`);
  if (result.error === "too_many_retries") {
    console.log("Too many failed attempts.");
    console.log("Resetting retry counter...");
    // It resets this client's count. AuthSec has one of its own: after 5 wrong codes in 15 minutes it locks the account.
    client.cancelApproval(email);
    console.log("Please try again.");
  } else if (result.error !== "invalid_code") {
    process.exitCode = 1;
    break;
  }
}
