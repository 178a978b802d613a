// npm start: sets up, builds, starts the local cloud and the demo shop, and prints the address to open.
//
//   node scripts/start.mjs [--cloud ADDRESS]     --cloud: the shop uses a local cloud that runs already, e.g. that of npm

import { BUILD_NEEDS, buildSteps, localCloudStep } from "./build/steps.mjs";
import { runScript } from "./failure.mjs";
import { readOptions } from "./options.mjs";
import { formatElapsed, runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";
import { readPorts } from "./start/ports.mjs";
import { findRunningCloud } from "./start/running-cloud.mjs";
import { startServers } from "./start/servers.mjs";

await runScript(async () => {
  const started = Date.now();
  const { values } = readOptions({ cloud: { type: "string" } });
  const ports = await readPorts(process.env, { isCloudRunning: Boolean(values.cloud) });
  const running = values.cloud && (await findRunningCloud(values.cloud, ports));
  let servers;
  const start = {
    title: running ? "Start the demo shop" : "Start the local cloud and the demo shop",
    run: async () => {
      servers = await startServers(ports, undefined, running);
    },
  };
  const cloudSteps = running ? [] : [localCloudStep];
  await runSteps([...(await setUp(...BUILD_NEEDS)), ...buildSteps(), ...cloudSteps, start], { details: false });
  // Ctrl+C came while they started.
  if (!servers.isReady) return;
  console.log(
    `\nReady after ${formatElapsed(Date.now() - started)}. Open http://localhost:${ports.PORT} (its phone is http://localhost:${ports.PHONE_PORT}). Ctrl+C stops.`,
  );
  // Awaited only now: what happens to the servers from here on ends the script.
  await servers.ended;
});
