// npm run test:consumers: the packed package in every tool that takes it, each page through both ceremonies in Chromium.
//
//   node scripts/test-consumers.mjs [--lock] [NAME…]     NAME: part of a consumer's name, as the table prints it
//
// --lock chooses the versions of the tools' own dependencies anew and writes the lock files.
// Without a NAME, docs/consumers.md is written, and the build is held to be reproducible.

import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePorts, startServer } from "../tests/e2e/support/processes.mjs";
import { document } from "./consumers/document.mjs";
import { startFront } from "./consumers/front.mjs";
import { environment, lock, makeProject, npm, versionsOf } from "./consumers/project.mjs";
import { testReproducible } from "./consumers/reproducible.mjs";
import { CONSUMERS } from "./consumers/table.mjs";
import { pack } from "./consumers/tarball.mjs";
import { startToolServer } from "./consumers/tool-server.mjs";
import { launchBrowser, visit } from "./consumers/visit.mjs";
import { root, run, step } from "./run.mjs";
import { ensureBuildTools, ensureTestTools } from "./tools.mjs";

const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const chosen = names.length ? CONSUMERS.filter(({ name }) => names.some((part) => name.includes(part))) : CONSUMERS;
if (!chosen.length) throw new Error(`There is no consumer ${names.join(", ")}`);

await ensureBuildTools();
await ensureTestTools();
if (!existsSync(join(root, "pkg/index.js"))) await run("node", ["scripts/build.mjs"]);
await run("cargo", ["build", "--quiet", "--locked", "--package", "local-cloud"]);

const scratch = await mkdtemp(join(tmpdir(), "webauthn-result-consumers-"));
const stops = [() => rm(scratch, { recursive: true, force: true })];
try {
  const tarball = (await pack(scratch)).file;
  if (process.argv.includes("--lock")) await lockAll(tarball);
  else await testAll(tarball);
} finally {
  for (const stop of stops.reverse()) await stop();
}

async function lockAll(tarball) {
  for (const consumer of new Map(chosen.map((each) => [each.folder, each])).values()) {
    step(consumer.folder);
    await lock(consumer, { tarball });
  }
}

async function testAll(tarball) {
  const [frontPort, cloudPort, toolPort] = await freePorts(3);
  const accessKey = randomUUID();
  const baseUrl = `http://localhost:${cloudPort}`;
  const front = await startFront({ port: frontPort, cloud: baseUrl, accessKey });
  stops.push(() => front.stop());
  const cloud = await startServer(
    join(root, "target/debug/local-cloud"),
    ["--port", String(cloudPort), "--data", join(scratch, "cloud"), "--origin", front.origin],
    { LOCAL_CLOUD_ACCESS_KEY: accessKey },
  );
  stops.push(() => cloud.stop());
  const browser = await launchBrowser();
  stops.push(() => browser.close());

  const rows = [];
  for (const consumer of chosen) {
    step(consumer.name);
    const row = { consumer, versions: "", result: "passed" };
    rows.push(row);
    try {
      const folder = await makeProject(consumer, { tarball, baseUrl });
      row.versions = await versionsOf(folder, consumer.tools);
      await test(consumer, folder, { front, browser, toolPort });
      console.log("  passed");
    } catch (error) {
      row.result = "failed";
      console.log(`  FAILED: ${error.stack}`);
    }
  }
  const failed = report(rows);
  if (failed) process.exitCode = 1;
  else if (chosen === CONSUMERS) {
    await writeFile(join(root, "docs/consumers.md"), document(rows, browser.version()));
    step("The build, twice from nothing: some minutes");
    await testReproducible(join(scratch, "builds"), tarball);
    console.log("  byte for byte the same");
  }
}

async function test(consumer, folder, { front, browser, toolPort }) {
  for (const script of consumer.builds ?? []) {
    console.log(`  npm run ${script}`);
    assertSilent(await npm(folder, ["run", "--silent", script]));
  }
  if (consumer.program) {
    const said = await npm(folder, ["run", "--silent", consumer.program]);
    if (said !== "Nothing was loaded, nothing was broken.\n") throw new Error(`it said ${JSON.stringify(said)}`);
    return;
  }
  let server;
  if (typeof consumer.serves === "string") front.show(join(folder, consumer.serves));
  else {
    console.log(`  npm run ${consumer.serves.script}`);
    server = await startToolServer(folder, consumer.serves, toolPort, environment());
    front.show(toolPort);
  }
  try {
    if (consumer.rendered) {
      const html = await (await fetch(front.origin)).text();
      if (!html.includes(consumer.rendered)) throw new Error(`the server's HTML lacks ${consumer.rendered}`);
    }
    await visit(browser, front.origin, consumer);
  } finally {
    await server?.stop();
  }
  if (server) assertSilent(server.output());
}

/** A tool that warns makes a developer look for what is wrong. */
function assertSilent(output) {
  if (/\bwarn|⚠|deprecat|\berror/i.test(output)) throw new Error(`the tool complains:\n${output}`);
}

function report(rows) {
  const width = (of) => Math.max(...rows.map((row) => of(row).length));
  const [names, versions] = [width(({ consumer }) => consumer.name), width((row) => row.versions)];
  console.log("");
  for (const row of rows)
    console.log(`  ${row.consumer.name.padEnd(names)}  ${row.versions.padEnd(versions)}  ${row.result}`);
  const failed = rows.filter(({ result }) => result !== "passed").length;
  console.log(`\nconsumers: ${rows.length - failed} passed, ${failed} failed`);
  return failed;
}
