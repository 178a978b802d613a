import { getUserFriendlyError } from "webauthn-result/ciba";

import { createClient, readEmail, useToken } from "./client.mjs";

const client = createClient();

const result = await client.safeAuthenticate(readEmail());
if (result.success) useToken(result.token);
else console.log(getUserFriendlyError(result.error));
process.exitCode = result.success ? 0 : 1;
