import { runInWorker } from "../worker-call.js";

// A worker has no prompt, like a browser without WebAuthn.
export const run = (enrollment) => runInWorker("register", enrollment);
