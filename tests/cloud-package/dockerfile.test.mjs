// The Dockerfile of the local cloud. No container engine runs here, so its commands are run one by one, each stage in a folder of its
// own, and the server is started as the image starts it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { PLATFORMS } from "../../scripts/cloud-package/platforms.mjs";
import { packedNames, TARBALLS } from "../../scripts/cloud-package/steps.mjs";
import { DOCKERFILE, findDockerfileMistakes } from "../../scripts/lint/dockerfile.mjs";
import { root } from "../../scripts/run.mjs";
import { freePorts } from "../e2e/support/processes.mjs";
import { createProject, runIn } from "./support/machine.mjs";
import { startRegistry } from "./support/registry.mjs";

const text = await readFile(join(root, DOCKERFILE), "utf8");

/** The instructions of the file: `[name, arguments]`. */
const instructions = text
  .split("\n")
  .filter((line) => line && !line.startsWith("#"))
  .map((line) => /^(?<name>[A-Z]+) (?<value>.*)$/.exec(line).groups);

let registry, project, images;
const closers = [];
const t = { after: (close) => closers.push(close) };

before(async () => {
  const tarballs = (await packedNames()).map((name) => join(TARBALLS, name));
  registry = await startRegistry({ tarballs, platforms: Object.keys(PLATFORMS) });
  t.after(() => registry.stop());
  project = await createProject(t, { registry: registry.url });
  images = await mkdtemp(join(tmpdir(), "webauthn-result-images-"));
  t.after(() => rm(images, { recursive: true, force: true }));
});

after(async () => {
  for (const close of closers.reverse()) await close();
});

test("a linter finds no mistake in it, and finds one where there is one", () => {
  assert.deepEqual(findDockerfileMistakes(text), []);
  for (const [right, wrong] of [
    ["ENTRYPOINT [", "ENTRYPOINTS ["],
    ["EXPOSE 5190", "EXPOSE port"],
    ["FROM node", "FRUM node"],
  ])
    assert.notDeepEqual(findDockerfileMistakes(text.replace(right, wrong)), [], wrong);
});

test("only the instructions that this test runs are in it", () => {
  const names = new Set(instructions.map(({ name }) => name));
  const known = ["FROM", "ARG", "WORKDIR", "RUN", "COPY", "USER", "VOLUME", "EXPOSE", "ENTRYPOINT"];
  assert.deepEqual([...names].sort(), known.sort());
});

/** Runs the instructions of all stages. Resolves to the last: its folder, and the command that it starts. */
const build = async () => {
  const stages = new Map();
  let stage;
  for (const { name, value } of instructions) {
    const inStage = (path) => join(stage.folder, path.startsWith("/") ? path : join(stage.workdir, path));
    if (name === "FROM") {
      const [image, , alias = "last"] = value.split(" ");
      stage = { image, folder: join(images, alias), workdir: "/", env: {}, entrypoint: [] };
      stages.set(alias, stage);
      await mkdir(stage.folder);
    } else if (name === "ARG") {
      const [variable, initial] = value.split("=");
      stage.env[variable] = initial;
    } else if (name === "WORKDIR") {
      stage.workdir = value;
      await mkdir(inStage(""), { recursive: true });
    } else if (name === "RUN") {
      assert.notEqual(stage.image, "scratch", "an empty image has no shell");
      const folder = inStage("");
      const { code, output } = await runIn({ folder, env: { ...project.env, ...stage.env } }, "sh", ["-c", value]);
      assert.equal(code, 0, output);
    } else if (name === "COPY") {
      const [from, to] = value.split(" ").filter((word) => !word.startsWith("--"));
      const source = stages.get(/--from=(\S+)/.exec(value)[1]);
      await cp(join(source.folder, from), inStage(to), { recursive: true });
    } else if (name === "ENTRYPOINT") stage.entrypoint = JSON.parse(value);
  }
  return stage;
};

test("its commands make an image with the binary and an empty folder for the data, and the server starts in it", async (t) => {
  const { image, folder, entrypoint } = await build();
  assert.equal(image, "scratch");
  assert.deepEqual((await readdir(folder)).sort(), ["data", "local-cloud"]);

  const [port, phonePort] = await freePorts(2);
  // In place of the image's root.
  const [command, ...args] = entrypoint.map((word) => (/^\/\w/.test(word) ? join(folder, word) : word));
  assert.deepEqual(args.slice(0, 2), ["--listen", "0.0.0.0"]);
  const more = ["--port", String(port), "--phone-port", String(phonePort), "--origin", "http://localhost:5173"];
  const server = spawn(command, [...args, ...more], { env: { LOCAL_CLOUD_ACCESS_KEY: "key" } });
  t.after(() => server.kill("SIGKILL"));
  let log = "";
  server.stderr.setEncoding("utf8").on("data", (part) => (log += part));
  await once(server.stdout, "data");
  assert.match(log, /^local-cloud: warning: it listens on 0\.0\.0\.0, so other machines may reach it/);
  for (const each of [port, phonePort]) assert.equal((await fetch(`http://localhost:${each}/ready`)).status, 200);
  assert.deepEqual((await readdir(join(folder, "data"))).includes("local-cloud.sqlite"), true);
  // Docker stops a container by this signal.
  server.kill("SIGTERM");
  assert.deepEqual(await once(server, "exit"), [0, null]);
});

test("without an access key, the image does not start", async () => {
  const [, ...args] = instructions.find(({ name }) => name === "ENTRYPOINT").value.match(/[\w./-]+/g);
  const { code, output } = await runIn(project, join(images, "last/local-cloud"), args);
  assert.equal(code, 2);
  assert.match(output, /^local-cloud: the environment variable LOCAL_CLOUD_ACCESS_KEY is missing or empty/);
});
