import { createClient, readEmail, useToken } from "./client.mjs";

// The logger shows each attempt. Waits of 2, 4, 8 … seconds follow what may be temporary. Nobody who rejected is asked again.
const client = createClient({ logger: console });

const token = await client.authenticateWithRetry(readEmail(), { maxRetries: 3 });
if (token === null) console.log("Not approved.");
else useToken(token);
process.exitCode = token === null ? 1 : 0;
