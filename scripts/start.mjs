// npm start: sets up, builds, starts the local cloud and the shop's page, and prints their addresses.

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

import { root, run, step } from "./run.mjs";

const pagePort = Number(process.env.PORT ?? 5180);
const cloudPort = Number(process.env.CLOUD_PORT ?? 5190);
const phonePort = Number(process.env.PHONE_PORT ?? 5195);

await run("node", ["scripts/build.mjs"]);
step("The local cloud");
await run("cargo", ["build", "--quiet", "--locked", "--package", "local-cloud"]);

const env = {
  ...process.env,
  // Known to the cloud and to the shop's backend, and to no page; a new one each time.
  LOCAL_CLOUD_ACCESS_KEY: randomBytes(24).toString("base64url"),
  CLOUD_URL: `http://localhost:${cloudPort}`,
  PHONE_URL: `http://localhost:${phonePort}`,
};
const servers = [
  [
    join(root, "target/debug/local-cloud"),
    ...["--port", cloudPort, "--phone-port", phonePort],
    ...["--origin", `http://localhost:${pagePort}`, "--data", join(root, ".data")],
  ],
  [process.execPath, join(root, "www/backend.mjs"), "--port", pagePort],
].map(([command, ...args]) => spawn(String(command), args.map(String), { env, stdio: ["ignore", "pipe", "inherit"] }));

let stopping = false;
const stop = (code) => {
  if (stopping) return;
  stopping = true;
  for (const server of servers) server.kill("SIGTERM");
  process.exitCode = code;
};
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop(0));

const listening = servers.map(
  (server) =>
    new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
      server.on("exit", () => stop(1));
      server.stdout.on("data", (text) => {
        process.stdout.write(text);
        if (String(text).includes("listening")) resolve();
      });
    }),
);
await Promise.all(listening);
console.log(`
  Open http://localhost:${pagePort} in a browser, and http://localhost:${phonePort} in a second window: that is the phone.
  Ctrl+C stops both servers.
`);
