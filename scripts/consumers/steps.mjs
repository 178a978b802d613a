// The steps of `npm run test:consumers`: both ceremonies in Chromium, on a page of each tool with the packed package.

import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePorts, startServer } from "../../tests/e2e/support/processes.mjs";
import { ExpectedFailure } from "../failure.mjs";
import { log } from "../progress.mjs";
import { CHROMIUM, findCommand, root, target } from "../run.mjs";
import { document } from "./document.mjs";
import { startFront } from "./front.mjs";
import { CREATORS, environment, lock, makeProject, npm, removeTools, versionsOf } from "./project.mjs";
import { readRecord, record } from "./record.mjs";
import { environmentOfCloud, runServerChecks } from "./server-checks.mjs";
import { CONSUMERS } from "./table.mjs";
import { pack } from "./tarball.mjs";
import { startToolServer } from "./tool-server.mjs";
import { visitPush } from "./visit-push.mjs";

/** Instead of a name: also the consumers that nothing but their name chooses. */
export const ALL = "all";

/**
 * What all consumers share; set by `prepare`.
 *
 * @typedef {object} Stage
 * @property {string} scratch a folder
 * @property {string} tarball the path of the packed package
 * @property {string} baseUrl of the local cloud
 * @property {string} accessKey of the local cloud
 * @property {Awaited<ReturnType<typeof startFront>>} front
 * @property {import("playwright-core").Browser} browser
 * @property {number} toolPort
 */

/**
 * @param {string[]} names parts of consumers' names; none means all
 * @param {{ writes?: boolean }} options whether docs/consumers.md is written
 * @returns {{ steps: import("../progress.mjs").Step[], close: () => Promise<void>, count: number }} `close` stops what
 *   the steps started, also after a failure
 */
export const consumerSteps = (names, { writes = false } = {}) => {
  const chosen = choose(names);
  const stage = /** @type {Stage} */ ({});
  const closers = [];
  /** @type {import("../progress.mjs").Step[]} */
  const steps = [
    { title: "Pack the package and start the local cloud", run: () => prepare(stage, closers) },
    ...chosen.map((consumer, index) => ({
      title: consumer.name,
      continues: true,
      run: async () => {
        const folder = await makeProject(consumer, { ...stage, backend: stage.front.backend });
        const versions = await versionsOf(folder, consumer.tools);
        await record(consumer, undefined);
        await test(consumer, folder, stage);
        await record(consumer, versions);
        // All of them together have tens of gigabytes.
        const isLast = !chosen.slice(index + 1).some((other) => other.folder === consumer.folder);
        if (consumer.extended && isLast) await removeTools(consumer);
        return { result: versions };
      },
    })),
  ];
  if (writes)
    steps.push({
      title: "Write docs/consumers.md",
      run: async () => {
        const runs = await readRecord();
        const rows = CONSUMERS.map((consumer) => ({ consumer, ...runs[consumer.name] }));
        const missing = rows.filter(({ date }) => !date).map(({ consumer }) => consumer.name);
        if (missing.length)
          throw new ExpectedFailure(`Have not passed on this machine, see -- all: ${missing.join("; ")}`);
        await writeFile(join(root, "docs/consumers.md"), document(rows, stage.browser.version()));
      },
    });
  const close = async () => {
    for (const stop of closers.reverse()) await stop();
  };
  return { steps, close, count: chosen.length };
};

/** The steps that resolve the tools' dependencies anew and write the lock files. */
export const lockSteps = (names) =>
  [...new Map([CREATORS, ...choose(names)].map((consumer) => [consumer.folder, consumer])).values()].map(
    (consumer) => ({
      title: `Lock ${consumer.folder}`,
      run: async () => {
        const scratch = await mkdtemp(join(tmpdir(), "webauthn-result-lock-"));
        try {
          await lock(consumer, { tarball: (await pack(scratch)).file });
        } finally {
          await rm(scratch, { recursive: true, force: true });
        }
      },
    }),
  );

const choose = (names) => {
  const isChosen = ({ name, extended }) =>
    names.length ? names.includes(ALL) || names.some((part) => name.includes(part)) : !extended;
  const chosen = CONSUMERS.filter(isChosen);
  if (!chosen.length)
    throw new ExpectedFailure(`No consumer matches ${names.join(", ")}. See scripts/consumers/table.mjs.`);
  return chosen;
};

/** Sets up `stage` for all consumers, and adds the functions that clean up to `closers`. */
const prepare = async (stage, closers) => {
  const { launchBrowser } = await import("./visit.mjs");
  const scratch = await mkdtemp(join(tmpdir(), "webauthn-result-consumers-"));
  closers.push(() => rm(scratch, { recursive: true, force: true }));
  const [frontPort, cloudPort, toolPort] = await freePorts(3);
  const accessKey = randomUUID();
  const baseUrl = `http://localhost:${cloudPort}`;
  const front = await startFront({ port: frontPort, cloud: baseUrl, accessKey });
  closers.push(() => front.stop());
  const cloud = await startServer(
    join(target, "debug/local-cloud"),
    // A server's checks ask more often in a minute than AuthSec allows.
    [
      ...["--port", String(cloudPort), "--data", join(scratch, "cloud"), "--origin", front.origin],
      ...["--xaa-ciba", "--no-rate-limits"],
    ],
    { LOCAL_CLOUD_ACCESS_KEY: accessKey, ...(await environmentOfCloud(scratch)) },
  );
  closers.push(() => cloud.stop());
  const browser = await launchBrowser();
  closers.push(() => browser.close());
  const tarball = (await pack(scratch)).file;
  Object.assign(stage, { scratch, tarball, baseUrl, accessKey, front, browser, toolPort });
};

async function test(consumer, folder, stage) {
  const { front, browser, toolPort } = stage;
  const { visit, visitAndReload } = await import("./visit.mjs");
  for (const script of consumer.builds ?? []) {
    log(`npm run ${script}`);
    assertNoWarnings(await npm(folder, ["run", "--silent", script]));
  }
  if (consumer.server) {
    log(`npm run ${consumer.server}`);
    await runServerChecks(consumer, folder, stage);
    return;
  }
  if (consumer.suite) {
    log(`npm run ${consumer.suite}`);
    front.show(folder);
    const variables = { SHOP_URL: front.origin, CHROMIUM: findCommand(...CHROMIUM), CHROMIUM_ARGS: "--no-sandbox" };
    assertNoWarnings(await npm(folder, ["run", "--silent", consumer.suite], variables));
    return;
  }
  if (consumer.program) {
    const output = await npm(folder, ["run", "--silent", consumer.program]);
    if (output !== "Nothing was loaded, nothing was broken.\n")
      throw new Error(`unexpected output: ${JSON.stringify(output)}`);
    return;
  }
  let server;
  if (typeof consumer.serves === "string") front.show(join(folder, consumer.serves));
  else {
    log(`npm run ${consumer.serves.script}`);
    server = await startToolServer(folder, consumer.serves, toolPort, environment());
    front.show(toolPort, consumer);
  }
  try {
    if (consumer.rendered) {
      const html = await (await fetch(front.origin)).text();
      if (!html.includes(consumer.rendered)) throw new Error(`the server's HTML does not contain ${consumer.rendered}`);
    }
    await visit(browser, front.origin, consumer);
    if (consumer.pushes) await visitPush(browser, front.origin + consumer.pushes, stage);
    if (consumer.reloads) await visitAndReload(browser, front.origin + consumer.reloads);
  } finally {
    await server?.stop();
  }
  if (server) assertNoWarnings(server.output());
}

/** What is no warning: that there are none, and that this machine is busy. */
const HARMLESS = [/\b0 (?:errors|warnings)\b/g, / WARN \S*\s*\S*\[PLUGIN_TIMINGS\][\s\S]*?bundlertimings.*/g];

/** Not of files such as `error-404.mjs` and `error.svelte.js`. */
const WARNING = /\bwarn|⚠|deprecat|\berrors?\b(?![-.]\w)/i;

/** Throws if a tool printed a warning or an error. */
function assertNoWarnings(output) {
  const text = HARMLESS.reduce((left, pattern) => left.replaceAll(pattern, ""), output);
  if (WARNING.test(text)) throw new Error(`the tool prints warnings:\n${output}`);
}
