// The package `webauthn-result-cloud` in an empty project on a machine without Rust: npm installs the binary for this platform and no
// other, the command runs and ends as the server does, and an end-to-end test passes in the CI script of the documentation.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { access, constants, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { chooseBuild } from "../../scripts/cloud-package/build.mjs";
import { HERE, NAME, PLATFORMS } from "../../scripts/cloud-package/platforms.mjs";
import { packedNames, TARBALLS } from "../../scripts/cloud-package/steps.mjs";
import { pack } from "../../scripts/consumers/tarball.mjs";
import { CHROMIUM, findCommand, root, run } from "../../scripts/run.mjs";
import { freePorts } from "../e2e/support/processes.mjs";
import { createProject, runIn } from "./support/machine.mjs";
import { startRegistry } from "./support/registry.mjs";

/** As text, for what is read from package.json. */
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

/** The packages that the project of the documentation needs besides ours. */
const TOOLS = ["@playwright/test", "http-server"];

let registry, project, scratch;
const closers = [];
const t = { after: (clean) => closers.push(clean) };

const install = async (...args) => {
  const { code, output } = await runIn(project, "npm", ["install", ...args]);
  assert.equal(code, 0, output);
  return output;
};

/** The command that npm has installed. */
const command = () => join(project.folder, "node_modules/.bin", NAME);

/** Starts it. Resolves, once it listens, to its process, and the ports. */
const start = async (args, { env = {}, cwd = project.folder } = {}) => {
  const child = spawn(command(), args, { cwd, env: { ...project.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const server = { child, log: "", exit: once(child, "exit"), port: 0 };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => (server.log += text));
  await new Promise((/** @type {(value?: unknown) => void} */ resolve, reject) => {
    child.stdout.on("data", () => server.log.includes("phone listening on ") && resolve());
    child.on("exit", (code) => reject(new Error(`it ended with ${code}:\n${server.log}`)));
  });
  server.port = Number(/^local-cloud listening on http:\/\/localhost:(\d+)$/m.exec(server.log)[1]);
  return server;
};

const isGone = async (port) => {
  for (let turn = 0; turn < 100; turn++) {
    if (!(await fetch(`http://localhost:${port}/ready`).catch(() => undefined))) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
};

before(async () => {
  scratch = await mkdtemp(join(tmpdir(), "webauthn-result-tarballs-"));
  t.after(() => rm(scratch, { recursive: true, force: true }));
  const packed = await pack(scratch);
  const tarballs = [packed.file, ...(await packedNames()).map((name) => join(TARBALLS, name))];
  registry = await startRegistry({ tarballs, platforms: Object.keys(PLATFORMS) });
  t.after(() => registry.stop());
  project = await createProject(t, { registry: registry.url });
  await writeFile(join(project.folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await install("webauthn-result");
  await install("--save-dev", NAME, ...TOOLS);
});

after(async () => {
  for (const close of closers.reverse()) await close();
});

test("npm installs the package for this platform and no other, each with the version of webauthn-result", async () => {
  const installed = (await readdir(join(project.folder, "node_modules"))).filter((name) => name.startsWith(NAME));
  assert.deepEqual(installed.sort(), [NAME, `${NAME}-${HERE}`]);
  for (const name of installed) {
    const path = join(project.folder, "node_modules", name, "package.json");
    assert.equal(JSON.parse(await readFile(path, "utf8")).version, version, name);
  }
  const downloads = registry.requested.filter((path) => path.startsWith(`tarballs/`));
  assert.equal(downloads.length, 3, downloads.join());
});

test("the binary needs no library of this machine, and names no folder of it", {
  skip: process.platform !== "linux",
}, async () => {
  const binary = join(project.folder, "node_modules", `${NAME}-${HERE}`, "bin/local-cloud");
  await access(binary, constants.X_OK);
  const { output } = await runIn(project, "ldd", [binary]);
  assert.match(output, /statically linked|not a dynamic executable/);
  const content = await readFile(binary, "latin1");
  for (const place of [root, homedir(), tmpdir()]) assert.ok(!content.includes(`${place.replace(/\/$/, "")}/`), place);
  assert.ok((await stat(binary)).size < 16e6, `${(await stat(binary)).size} bytes`);
});

test("each package has its licenses, and that of a platform the notices of the crates in it", async () => {
  for (const name of [NAME, `${NAME}-${HERE}`])
    for (const file of ["README.md", "LICENSE-MIT", "LICENSE-APACHE"])
      assert.ok(existsSync(join(project.folder, "node_modules", name, file)), `${name}/${file}`);
  const notices = await readFile(
    join(project.folder, "node_modules", `${NAME}-${HERE}`, "THIRD-PARTY-NOTICES.md"),
    "utf8",
  );
  assert.match(notices, /^\| webauthn_rp \S+ \|/m);
});

describe("the command", () => {
  test("starts the server with the options that it gets, and is ready", async () => {
    const server = await start(["--port", "0", "--origin", "http://localhost:*"]);
    const response = await fetch(`http://localhost:${server.port}/ready`);
    assert.deepEqual([response.status, await response.json()], [200, { status: "ready" }]);
    assert.match(server.log, /^local-cloud: LOCAL_CLOUD_ACCESS_KEY is not set: the access key is "secret"$/m);
    // The data is in the folder of the project, which git ignores.
    const data = join(project.folder, ".webauthn-result-cloud");
    assert.equal(await readFile(join(data, ".gitignore"), "utf8"), "*\n");
    server.child.kill("SIGTERM");
    await server.exit;
  });

  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"]))
    test(`passes ${signal} on, and ends with the server`, async () => {
      const server = await start(["--port", "0"]);
      server.child.kill(signal);
      assert.deepEqual(await server.exit, [0, null]);
      assert.ok(await isGone(server.port));
    });

  test("ends with the signal that ended the server", async () => {
    const server = await start(["--port", "0"]);
    const children = await readFile(`/proc/${server.child.pid}/task/${server.child.pid}/children`, "utf8");
    process.kill(Number(children.trim()), "SIGKILL");
    assert.deepEqual(await server.exit, [null, "SIGKILL"]);
  });

  for (const [args, code, message] of [
    [["--origin", "localhost"], 2, /^local-cloud: --origin localhost is not an origin/],
    [
      ["--port", "0", "--data", "package.json"],
      1,
      /^local-cloud: LOCAL_CLOUD_ACCESS_KEY.*\nlocal-cloud: data folder package\.json: /,
    ],
    [["--help"], 0, /^usage: local-cloud/],
  ])
    test(`ends with the server's exit code: ${args.join(" ")}`, async () => {
      const result = await runIn(project, command(), args);
      assert.equal(result.code, code, result.output);
      assert.match(result.output, message);
    });

  test("runs by npx in an empty folder, which has nothing installed", async (context) => {
    const empty = await createProject(context, { registry: registry.url });
    const { code, output } = await runIn(empty, "npx", ["--yes", NAME, "--help"]);
    assert.equal(code, 0, output);
    assert.match(output, /^usage: local-cloud/m);
    assert.deepEqual(await readdir(empty.folder), []);
  });

  test("says what to do if npm has skipped the optional dependency", async (context) => {
    const other = await createProject(context, { registry: registry.url });
    await writeFile(join(other.folder, "package.json"), '{ "private": true }');
    await runIn(other, "npm", ["install", "--omit=optional", NAME]);
    const { code, output } = await runIn(other, "npx", [NAME, "--origin", "http://localhost:5173"]);
    assert.equal(code, 1);
    assert.match(output, new RegExp(`^${NAME}: The package ${NAME}-${HERE} is not installed\\. .*--omit=optional`));
    assert.match(output, /install again without these.*cargo install --path local-cloud/);
    assert.doesNotMatch(output, /^ +at /m);
  });

  test("says what to do on a platform without a binary", async () => {
    const { findBinary } = await import(join(project.folder, "node_modules", NAME, "find-binary.js"));
    assert.throws(() => findBinary({ platform: "freebsd", arch: "x64" }), {
      message: new RegExp(
        `^There is no binary for freebsd-x64, only for ${Object.keys(PLATFORMS).join(", ")}\\. .*cargo install`,
      ),
    });
  });

  test("finds the binary of every platform in its package", async () => {
    const { findBinary } = await import(join(project.folder, "node_modules", NAME, "find-binary.js"));
    for (const name of Object.keys(PLATFORMS)) {
      const [platform, arch] = name.split("-");
      const path = findBinary({ platform, arch, resolve: (path) => path });
      assert.equal(path, `${NAME}-${name}/bin/local-cloud${platform === "win32" ? ".exe" : ""}`);
    }
  });
});

test("with Rust, cargo install --path local-cloud makes the same server a command", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "webauthn-result-cargo-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  // Built as the package's, which is at hand.
  const { flags, env } = await chooseBuild();
  await run("cargo", ["install", "--path", "local-cloud", "--root", folder, "--offline", ...flags], { env });
  const { code, output } = await runIn(project, join(folder, "bin/local-cloud"), ["--help"]);
  assert.equal(code, 0, output);
  assert.match(output, /^usage: local-cloud /);
});

describe("the CI script of the documentation", () => {
  /** The ports in the files of the documentation, which other programs may use here, and free ones. */
  let ports;
  const withFreePorts = (text) => text.replaceAll(/\b(?:5190|5173|4000)\b/g, (port) => ports[port]);

  before(async () => {
    const [cloud, page, backend] = await freePorts(3);
    ports = { 5190: cloud, 5173: page, 4000: backend };
    const { folder } = project;
    // The page of docs/no-framework.md, and the tests of docs/testing.md.
    for (const [from, to] of [
      ["plain-module/index.html", "index.html"],
      ["plain-module/main.js", "main.js"],
      ["shared/shop.js", "shop.js"],
      ["testing-playwright/approve.spec.js", "approve.spec.js"],
      ["testing-playwright/playwright.config.js", "playwright.config.js"],
    ])
      await writeFile(
        join(folder, to),
        withFreePorts(await readFile(join(root, "tests/consumers", from), "utf8"))
          // A machine that tests everything at once is slow.
          .replace("20_000 },", "60_000 },\n  timeout: 180_000,")
          // The cloud takes the default port by itself.
          .replace(`${NAME} --origin`, `${NAME} --port ${cloud} --origin`)
          .replace("ORIGIN: origin", `ORIGIN: origin, PORT: "${backend}"`),
      );
    const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const dev = "http-server -a localhost -p 5173 -c-1 --proxy http://localhost:4000";
    manifest.scripts = { dev: withFreePorts(dev) };
    await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
    assert.match(await readFile(join(root, "docs/no-framework.md"), "utf8"), new RegExp(dev));
  });

  test("gets a running cloud, a verified approval and an end-to-end test, by npm alone", async () => {
    const script = join(project.folder, "node_modules/webauthn-result/docs/examples/ci/end-to-end.sh");
    const env = {
      ...project.env,
      CHROMIUM: findCommand(...CHROMIUM),
      CHROMIUM_ARGS: "--no-sandbox",
      PLAYWRIGHT_HTML_OPEN: "never",
    };
    const { code, output } = await runIn({ ...project, env }, "sh", [script]);
    assert.equal(code, 0, output);
    assert.match(output, /1 passed/);
    // Playwright has stopped them.
    for (const port of Object.values(ports)) assert.ok(await isGone(port), `port ${port}`);
  });

  test("starts a cloud for any other command, and stops it, however that ends", async () => {
    await mkdir(join(project.folder, "scripts"));
    const source = await readFile(join(root, "docs/examples/ci/wait.sh"), "utf8");
    const script = join(project.folder, "scripts/wait.sh");
    await writeFile(script, withFreePorts(source).replace("cloud --origin", `cloud --port ${ports[5190]} --origin`));
    for (const [code, expected] of [
      ["", 0],
      ["process.exitCode = 3;", 3],
    ]) {
      const program = `const { status } = await fetch("http://localhost:${ports[5190]}/ready"); console.log("status", status); ${code}`;
      const result = await runIn(project, "sh", [
        script,
        "http://localhost:5173",
        "node",
        "--input-type=module",
        "-e",
        program,
      ]);
      assert.equal(result.code, expected, result.output);
      assert.match(result.output, /^status 200$/m);
      assert.ok(await isGone(ports[5190]));
    }
  });

  test("has the same commands on GitHub Actions, and no mistake", async () => {
    const { findMistakes } = await import("../../scripts/lint/workflows.mjs");
    const folder = join(root, "docs/examples/ci");
    const [workflow, script] = await Promise.all(
      ["end-to-end.yml", "end-to-end.sh"].map((name) => readFile(join(folder, name), "utf8")),
    );
    assert.deepEqual(await findMistakes("end-to-end.yml", workflow), []);
    const steps = [...workflow.matchAll(/- run: (.*)/g)].map(([, line]) => line);
    const lines = script.split("\n").filter((line) => /\bnp[mx] /.test(line) && !line.startsWith("#"));
    assert.deepEqual(
      steps,
      lines.map((line) => line.replace(/^\[.*\] \|\| /, "")),
    );
  });
});
