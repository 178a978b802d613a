// npm run test:python-sdk: AuthSec's published Python SDK, unchanged, against the local cloud.

import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startServer } from "../tests/e2e/support/processes.mjs";
import { root, run, step } from "./run.mjs";

const requirements = join(root, "tests/e2e/python-sdk/requirements.txt");
const environment = join(root, ".tools/ciba-python");
const python = join(environment, "bin/python");

await ensureSdk();
step("The local cloud");
await run("cargo", ["build", "--quiet", "--locked", "--package", "local-cloud"]);
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");

const accessKey = randomUUID();
const scratch = await mkdtemp(join(tmpdir(), "ciba-python-"));
const servers = [];
try {
  step("The published SDK: approve, deny, cancel, expire, TOTP");
  const [CLOUD_URL, SHORT_LIVED_CLOUD_URL] = [await start("patient", 30), await start("short-lived", 1)];
  await run(python, ["tests/e2e/python-sdk/test_published_sdk.py"], {
    env: {
      CLOUD_URL,
      SHORT_LIVED_CLOUD_URL,
      LOCAL_CLOUD_ACCESS_KEY: accessKey,
      // The SDK asks this machine, whatever proxy leads elsewhere.
      NO_PROXY: "localhost",
      no_proxy: "localhost",
    },
  });
} finally {
  await Promise.all(servers.map((server) => server.stop()));
  await rm(scratch, { recursive: true, force: true });
}

/** Starts a server whose requests live this long, in seconds, and says its address. */
async function start(name, requestSeconds) {
  const times = ["--request-seconds", String(requestSeconds), "--poll-seconds", "0.2"];
  const server = await startServer(
    join(target, "debug/local-cloud"),
    ["--port", "0", "--data", join(scratch, name), ...times],
    { LOCAL_CLOUD_ACCESS_KEY: accessKey },
  );
  servers.push(server);
  return server.log().match(/^local-cloud listening on (\S+)$/m)[1];
}

/** Makes a Python environment with exactly what requirements.txt names, unless it is there. */
async function ensureSdk() {
  const wanted = createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex");
  const stamp = join(environment, "requirements.sha256");
  if ((await readFile(stamp, "utf8").catch(() => "")) === wanted) return;
  step("Installing the published AuthSec SDK");
  await rm(environment, { recursive: true, force: true });
  await run("python3", ["-m", "venv", environment]).catch(() => {
    throw new Error("Python 3.11 or later with its venv module is needed: on Debian, apt-get install python3-venv");
  });
  // Python compiles what is imported when it is; all of it at once would take longer than the tests.
  await run(python, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-compile",
    "-r",
    requirements,
  ]);
  await writeFile(stamp, wanted);
}
