import { ask, createClient, readEmail, useToken } from "./client.mjs";

const client = createClient();
const email = readEmail();

let result = await client.safeAuthenticate(email);
while (!result.success && result.error === "access_denied") {
  console.log("User denied the authentication request.");
  console.log("Would you like to try again or use TOTP instead?");
  const choice = await ask("(retry/totp): ");
  if (choice === "retry") result = await client.safeAuthenticate(email);
  else if (choice === "totp") result = await client.verifyTotp(email, await ask("Enter 6-digit code: "));
  else break;
}

if (result.success) useToken(result.token);
else console.log(`Not approved: ${result.error}`);
process.exitCode = result.success ? 0 : 1;
