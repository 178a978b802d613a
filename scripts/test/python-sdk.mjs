// AuthSec's published Python SDK, unchanged, against the local cloud.

import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startServer } from "../../tests/e2e/support/processes.mjs";
import { install } from "../registries.mjs";
import { cache, root, run, target, tryRun } from "../run.mjs";
import { setUp } from "../setup.mjs";

const requirements = join(root, "tests/e2e/python-sdk/requirements.txt");
const environment = join(cache, "python-sdk");
const stamp = join(environment, "made-from.txt");
const python = join(environment, "bin/python");

/** The steps that create a Python environment with the packages of requirements.txt, unless it exists. */
export const setUpPythonSdk = async () => {
  const checked = await setUp("python");
  // An environment works only with the Python that created it.
  const version = await tryRun("python3", ["--version"]);
  const digest = createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex");
  const wanted = `${version}, requirements.txt ${digest}`;
  if ((await readFile(stamp, "utf8").catch(() => "")) === wanted) return checked;
  const step = {
    what: "AuthSec's published Python SDK",
    into: `into ${environment} by pip`,
    title: "Install AuthSec's published Python SDK",
    run: async () => {
      await rm(environment, { recursive: true, force: true });
      await run("python3", ["-m", "venv", environment]);
      await install("Python's package index", python, [
        ...["-m", "pip", "install", "--disable-pip-version-check", "--timeout=15", "--retries=2"],
        // Compiling all packages now would take longer than the tests; Python compiles modules when they are imported.
        ...["--no-compile", "-r", requirements],
      ]);
      await writeFile(stamp, wanted);
    },
  };
  return [...checked, step];
};

/** Runs the tests: approve, deny, cancel, expire, TOTP, and where autumn refuses. Resolves to the output of unittest. */
export const runPythonSdk = async () => {
  const [accessKey, clientId] = [randomUUID(), randomUUID()];
  const scratch = await mkdtemp(join(tmpdir(), "python-sdk-"));
  const servers = [];
  /** Starts a local cloud with these arguments. Resolves to its address. */
  const start = async (name, ...flags) => {
    const server = await startServer(
      join(target, "debug/local-cloud"),
      ["--port", "0", "--data", join(scratch, name), "--poll-seconds", "0.2", ...flags],
      { LOCAL_CLOUD_ACCESS_KEY: accessKey, LOCAL_CLOUD_CIBA_CLIENTS: `${clientId}:${randomUUID()}` },
    );
    servers.push(server);
    return server.log().match(/^local-cloud listening on (\S+)$/m)[1];
  };
  try {
    // The SDK calls spring at the paths of a later server. Its tests poll more often than the server's limits allow.
    const kind = ["--authsec", "spring", "--all-routes", "--no-rate-limits"];
    const CLOUD_URL = await start("patient", ...kind, "--request-seconds", "30");
    const SHORT_LIVED_CLOUD_URL = await start("short-lived", ...kind, "--request-seconds", "1");
    const SPRING_URL = await start("spring", "--authsec", "spring");
    const AUTUMN_URL = await start("autumn", "--authsec", "autumn");
    return await run(python, ["tests/e2e/python-sdk/test_published_sdk.py"], {
      env: {
        CLOUD_URL,
        SHORT_LIVED_CLOUD_URL,
        SPRING_URL,
        AUTUMN_URL,
        CIBA_CLIENT_ID: clientId,
        LOCAL_CLOUD_ACCESS_KEY: accessKey,
        // The SDK calls this machine: bypass any proxy.
        NO_PROXY: "localhost",
        no_proxy: "localhost",
      },
      // unittest writes to its standard error.
      merge: true,
    });
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(scratch, { recursive: true, force: true });
  }
};
