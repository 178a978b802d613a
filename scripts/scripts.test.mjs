// Every npm script starts on a machine where nothing is installed, and reports in one sentence what is missing.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";

import { freePorts } from "../tests/e2e/support/processes.mjs";
import { root } from "./run.mjs";

const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const entries = Object.entries(scripts).map(([name, command]) => [name, command.match(/^node (\S+)/)[1]]);

/** The static imports of a file. */
const staticImports = async (file) => {
  const text = await readFile(file, "utf8");
  return [...text.matchAll(/^(?:import|export)\b[^;"=]*?(?:from )?"([^"]+)";$/gm)].map(([, specifier]) => specifier);
};

for (const [name, entry] of entries)
  test(`npm run ${name} imports nothing but Node and this project before it sets up`, async () => {
    const seen = new Set();
    const visit = async (file) => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const specifier of await staticImports(file)) {
        if (specifier.startsWith(".")) await visit(resolve(dirname(file), specifier));
        else assert.ok(isBuiltin(specifier), `${relative(root, file)} imports ${specifier}`);
      }
    };
    await visit(join(root, entry));
    assert.ok(seen.size > 1, "nothing was followed");
  });

/** Runs an npm script's file with only these commands on its PATH, each the text of a shell script. */
const runWith = async (t, entry, { commands = {}, env = {}, flags = [] } = {}) => {
  const bin = await mkdtemp(join(tmpdir(), "webauthn-result-bin-"));
  t.after(() => rm(bin, { recursive: true }));
  for (const [name, content] of Object.entries(commands)) {
    const path = join(bin, name);
    await writeFile(path, `#!/bin/sh\n${content}\n`);
    await chmod(path, 0o755);
  }
  const child = spawn(process.execPath, [...flags, join(root, entry)], {
    env: { HOME: bin, CARGO_HOME: bin, PATH: bin, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const code = await new Promise((done) => child.on("close", done));
  return { code, output };
};

const RUST = {
  cc: "exit 0",
  rustc: 'case "$*" in *target-libdir*) echo /bin;; *-vV*) echo "host: here";; *) echo "rustc 1.95.0";; esac',
  cargo: 'echo "cargo 1.95.0"',
  "wasm-bindgen": `echo "wasm-bindgen ${(await readFile(join(root, "Cargo.lock"), "utf8")).match(/name = "wasm-bindgen"\nversion = "(.*)"/)[1]}"`,
};

/** Imported first, makes this Node say that it is an older one. */
const OLD_NODE = `data:text/javascript,${encodeURIComponent(
  'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.8" } });',
)}`;

const without = (...names) => Object.fromEntries(Object.entries(RUST).filter(([name]) => !names.includes(name)));

const FAILURES = [
  [
    "with a Node that is too old",
    "start",
    { flags: ["--import", OLD_NODE] },
    /^Node 20 or newer is needed, and this is 18\.20\.8: install it from https:\/\/nodejs\.org, then run this again\./,
  ],
  ["without Rust", "build", {}, /^Rust is missing: install it from https:\/\/rustup\.rs/],
  [
    "with a Rust that is too old",
    "lint",
    { commands: { rustc: 'echo "rustc 1.80.1 (3f5fd8dd4 2024-08-06)"' } },
    /^Rust [\d.]+ or newer is needed, and this is 1\.80\.1: run `rustup update stable`/,
  ],
  [
    "without a C compiler, and unable to install one",
    "build",
    { commands: without("cc") },
    /^Install a C compiler, which Rust links with, then run this again \(on Debian: sudo apt-get install build-essential; on Fedora: sudo dnf .*; on macOS: xcode-select --install\)\./,
  ],
  [
    "without Python",
    "test:python-sdk",
    { commands: RUST },
    /Python 3\.11 or newer with its venv module: install it \(on Debian: sudo apt-get install python3-venv/,
  ],
  [
    "without a browser, and unable to install one",
    "test:browsers",
    { commands: RUST },
    /^Install Chromium and its driver, then run this again \(on Debian: sudo apt-get install chromium chromium-driver; on Fedora: sudo dnf .*; on macOS: brew /,
  ],
  [
    "with PORT=http",
    "start",
    { env: { PORT: "http" } },
    /^PORT must be a whole number from 1 to 65535, but is "http"\./,
  ],
  [
    "with one port named twice",
    "start",
    { env: { PORT: "5190" } },
    /^PORT and CLOUD_PORT are both 5190: choose another for one of them\./,
  ],
];
for (const [when, name, machine, sentence] of FAILURES)
  test(`${when}, npm run ${name} ends with one sentence that says what to do`, async (t) => {
    const { code, output } = await runWith(t, Object.fromEntries(entries)[name], machine);
    assert.equal(code, 1);
    assert.match(output, sentence);
    assert.equal(output.trim().split("\n").length, 1, output);
    assert.doesNotMatch(output, /^ +at /m);
  });

test("a port in use is reported before anything is built, with a free one to choose", async (t) => {
  const server = createServer().listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const { port } = server.address();
  const [CLOUD_PORT, PHONE_PORT] = (await freePorts(2)).map(String);
  const { code, output } = await runWith(t, "scripts/start.mjs", {
    env: { PORT: String(port), CLOUD_PORT, PHONE_PORT },
  });
  assert.equal(code, 1);
  const [, free] = output.match(
    new RegExp(`^Port ${port} is in use\\. Stop what uses it, or choose another: PORT=(\\d+) npm start\\n$`),
  );
  assert.notEqual(Number(free), port);
});

test("a registry that cannot be reached is named, and nothing else of npm's report", async (t) => {
  const clone = await mkdtemp(join(tmpdir(), "webauthn-result-clone-"));
  t.after(() => rm(clone, { recursive: true }));
  for (const name of ["scripts", "package.json", "package-lock.json", "js"])
    await cp(join(root, name), join(clone, name), { recursive: true });
  const [closed] = await freePorts(1);
  const child = spawn(process.execPath, ["scripts/docs-api.mjs"], {
    cwd: clone,
    env: { ...process.env, npm_config_registry: `http://127.0.0.1:${closed}/` },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  assert.equal(code, 1);
  assert.match(output, /^The npm registry does not respond: check the network and its proxy, then run this again\.$/m);
  assert.doesNotMatch(output, /ECONNREFUSED|npm error|^ +at /m);
});

test("a toolchain that rustup lacks is installed in a step of its own, and a failure is named", async (t) => {
  const rustup =
    'case "$*" in *install*) echo "error: could not download file" >&2; exit 1;; esac; echo "rustup 1.28.2"';
  const { code, output } = await runWith(t, "scripts/build.mjs", { commands: { rustup } });
  assert.equal(code, 1);
  assert.match(
    output,
    /^✗ \[1\/1\] Install the Rust toolchain that rust-toolchain\.toml names {2}0:00\nRust's download server does not respond: .*\n$/,
  );
});

test("a command ends with the script that runs it", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "webauthn-result-signal-"));
  t.after(() => rm(folder, { recursive: true }));
  const started = join(folder, "pid");
  const body = `import { run } from "./scripts/run.mjs"; await run("sh", ["-c", "echo $$ > ${started}; exec sleep 60"]);`;
  const script = spawn(process.execPath, ["--input-type=module", "-e", body], { cwd: root });
  const readPid = async () => Number(await readFile(started, "utf8").catch(() => ""));
  while (!(await readPid())) await new Promise((done) => setTimeout(done, 20));
  script.kill("SIGTERM");
  const [code] = await once(script, "close");
  assert.equal(code, 143);
  await assert.rejects(async () => {
    for (let turn = 0; turn < 100; turn++) {
      process.kill(await readPid(), 0);
      await new Promise((done) => setTimeout(done, 20));
    }
  }, /ESRCH/);
});

for (const [entry, ...args] of [
  ["fuzz.mjs", "--second", "5"],
  ["test.mjs", "--quiet"],
  ["build.mjs", "--inject"],
])
  test(`${entry} ${args.join(" ")} ends with one sentence that names its options`, async () => {
    const child = spawn(process.execPath, [join(root, "scripts", entry), ...args]);
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    const [code] = await once(child, "close");
    assert.equal(code, 1);
    assert.match(output, /^Unknown option '--\w+'.*: the options are --verbose.*\.\n$/);
  });

test("an end-to-end suite that does not exist is refused, with those that do", async () => {
  const child = spawn(process.execPath, [join(root, "scripts/test-e2e.mjs"), "nothing"]);
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  assert.equal(code, 1);
  assert.match(output, /^No suite matches nothing\. Choose from e2e:passkeys, .*\.\n$/);
});

test(".ci/run runs npm test and each longer suite", async () => {
  const commands = (await readFile(join(root, ".ci/run"), "utf8")).match(/^suite npm .*$/gm);
  assert.deepEqual(commands, [
    "suite npm test",
    "suite npm run --silent test:build",
    "suite npm run --silent test:headless -- --times 5",
    "suite npm run --silent test:fresh",
    "suite npm run --silent test:browsers",
    "suite npm run --silent test:consumers",
    "suite npm run --silent test:reproducible",
    "suite npm run --silent test:release",
  ]);
});

test("CONTRIBUTING.md has a row for each npm script", async () => {
  const page = await readFile(join(root, "CONTRIBUTING.md"), "utf8");
  const rows = [...page.matchAll(/^\| `npm (?:run )?([\w:-]+)` \|/gm)].map(([, name]) => name);
  assert.deepEqual(
    rows.sort(),
    Object.keys(scripts)
      .filter((name) => name !== "prepack")
      .sort(),
  );
});
