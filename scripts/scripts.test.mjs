// Every npm script starts on a machine where nothing is installed, and reports in one sentence what is missing.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
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

/** Runs an npm script's file with only these commands on its PATH. A command is a shell script, or the path of a program. */
const runWith = async (t, entry, { commands = {}, env = {}, node = process.execPath } = {}) => {
  const bin = await mkdtemp(join(tmpdir(), "webauthn-result-bin-"));
  t.after(() => rm(bin, { recursive: true }));
  for (const [name, content] of Object.entries(commands)) {
    const path = join(bin, name);
    if (content.startsWith("/")) await symlink(content, path);
    else {
      await writeFile(path, `#!/bin/sh\n${content}\n`);
      await chmod(path, 0o755);
    }
  }
  const child = spawn(node, [join(root, entry)], {
    env: { HOME: bin, CARGO_HOME: bin, PATH: bin, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const code = await new Promise((done) => child.on("close", done));
  return { code, output };
};

const RUST = {
  rustc: 'case "$*" in *target-libdir*) echo /bin;; *-vV*) echo "host: here";; *) echo "rustc 1.95.0";; esac',
  cargo: 'echo "cargo 1.95.0"',
  "wasm-bindgen": `echo "wasm-bindgen ${(await readFile(join(root, "Cargo.lock"), "utf8")).match(/name = "wasm-bindgen"\nversion = "(.*)"/)[1]}"`,
};

const FAILURES = [
  ["without Rust", "build", {}, /^Rust is missing: install it from https:\/\/rustup\.rs/],
  [
    "with rustup and no toolchain",
    "build",
    { commands: { rustup: "echo rustup 1.28" } },
    /^rustup has no stable Rust: run `rustup toolchain install stable`/,
  ],
  [
    "with a Rust that is too old",
    "lint",
    { commands: { rustc: 'echo "rustc 1.80.1 (3f5fd8dd4 2024-08-06)"' } },
    /^Rust [\d.]+ or newer is needed, and this is 1\.80\.1: run `rustup update stable`/,
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
