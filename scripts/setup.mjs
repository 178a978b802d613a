// Installs the requirements of a script. Imports only Node's modules, because it runs before anything is installed.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { ExpectedFailure } from "./failure.mjs";
import { runSteps } from "./progress.mjs";
import { install } from "./registries.mjs";
import { CHROMIUM, FIREFOX, findCommand, root, toolsFolder, tryRun } from "./run.mjs";

/**
 * The requirements of scripts, by name. Each returns the steps that install what is missing, or throws an ExpectedFailure if a
 * script cannot install it.
 *
 * @type {Record<string, () => Promise<import("./progress.mjs").Step[]>>}
 */
const NEEDS = {
  rust: async () => {
    await checkRust();
    // There, rustup asks for Microsoft's.
    if (process.platform === "win32") return [];
    return systemPackages({
      reason: "a C compiler, which Rust links with",
      commands: { "build-essential": ["cc"] },
      elsewhere: "on Fedora: sudo dnf install gcc; on macOS: xcode-select --install",
    });
  },
  "rust lints": async () => {
    await checkRust();
    const missing = [];
    if (!(await tryRun("cargo", ["clippy", "--version"]))) missing.push("clippy");
    if (!(await tryRun("cargo", ["fmt", "--version"]))) missing.push("rustfmt");
    return missing.length ? [rustupStep(`${missing.join(" and ")}`, ["component", "add", ...missing])] : [];
  },
  "wasm target": async () => {
    await checkRust();
    const libraries = await tryRun("rustc", ["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]);
    if (libraries && existsSync(libraries)) return [];
    return [rustupStep("Rust's WebAssembly target", ["target", "add", "wasm32-unknown-unknown"])];
  },
  musl: async () => {
    await checkRust();
    const triple = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-unknown-linux-musl`;
    const libraries = await tryRun("rustc", ["--print", "target-libdir", "--target", triple]);
    const compiler = await systemPackages({
      reason: "musl's C compiler",
      commands: { "musl-tools": ["musl-gcc"] },
      elsewhere: "on Fedora: sudo dnf install musl-gcc",
    });
    if (libraries && existsSync(libraries)) return compiler;
    return [...compiler, rustupStep(`Rust's target ${triple}`, ["target", "add", triple])];
  },
  crates: async () => {
    await checkRust();
    const host = (await tryRun("rustc", ["-vV"])).match(/^host: (\S+)$/m)[1];
    const fetch = ["fetch", "--locked", "--target", host, "--target", "wasm32-unknown-unknown"];
    if ((await tryRun("cargo", [...fetch, "--offline"])) !== undefined) return [];
    return [{ title: "Download the crates", run: () => install("crates.io", "cargo", fetch) }];
  },
  // Without --locked: crates in its lock file were yanked.
  "wasm-bindgen": async () => {
    const version = await lockedVersion("wasm-bindgen");
    return cargoCommand("wasm-bindgen", { crate: "wasm-bindgen-cli", version, flags: [] });
  },
  "wasm-pack": () => cargoCommand("wasm-pack"),
  nextest: () => cargoCommand("cargo-nextest"),
  geckodriver: () => cargoCommand("geckodriver"),
  twiggy: () => cargoCommand("twiggy"),
  "cargo-fuzz": () => cargoCommand("cargo-fuzz"),
  // Exact versions, because the output of others may differ.
  "cargo-about": () => cargoCommand("cargo-about", { version: "0.9.3", flags: ["--locked", "--features", "cli"] }),
  "cargo-cyclonedx": () => cargoCommand("cargo-cyclonedx", { version: "0.5.9", probe: ["cyclonedx", "--version"] }),
  "nightly rust": async () => {
    await checkRust();
    if (await tryRun("rustc", ["+nightly", "--version"])) return [];
    return [rustupStep("nightly Rust", ["toolchain", "install", "nightly", "--profile", "minimal"])];
  },
  "npm packages": npmPackages,
  chromium: () =>
    systemPackages({
      reason: "Chromium and its driver",
      commands: { chromium: CHROMIUM, "chromium-driver": ["chromedriver"] },
      elsewhere:
        "on Fedora: sudo dnf install chromium chromedriver; on macOS: brew install --cask google-chrome chromedriver",
    }),
  firefox: () =>
    systemPackages({
      reason: "Firefox",
      commands: { "firefox-esr": FIREFOX },
      elsewhere: "on Fedora: sudo dnf install firefox; on macOS: brew install --cask firefox",
    }),
  webkit: () =>
    systemPackages({
      reason: "WebKitGTK, its driver and a display for it",
      commands: {
        "webkit2gtk-driver": ["WebKitWebDriver"],
        xvfb: ["xvfb-run"],
        // xvfb-run needs it to create the key of its display.
        xauth: ["xauth"],
      },
      elsewhere: "run this suite on Debian: other systems lack the driver",
    }),
  python: async () => {
    const version = await tryRun("python3", ["-c", "import venv, ensurepip, sys; print(sys.version_info >= (3, 11))"]);
    if (version === "True") return [];
    throw new ExpectedFailure(
      "The tests of AuthSec's Python SDK need Python 3.11 or newer with its venv module: install it " +
        "(on Debian: sudo apt-get install python3-venv; on Fedora: sudo dnf install python3; on macOS: brew install python), then run this again.",
    );
  },
};

/** The requirements that do not need Rust. */
const WITHOUT_RUST = new Set(["npm packages", "chromium", "firefox", "webkit", "python"]);

/**
 * Returns the steps that install what is missing. Announces first what they install outside the project's folder.
 *
 * @param {...string} names keys of NEEDS
 * @throws {ExpectedFailure} for a requirement that a script cannot install
 */
export const setUp = async (...names) => {
  const steps = [];
  const wanted = names.some((name) => !WITHOUT_RUST.has(name)) ? ["rust", ...names] : names;
  for (const name of new Set(wanted)) steps.push(...(await NEEDS[name]()));
  const outside = steps.filter((step) => step.into);
  if (outside.length) console.log("Not on this machine yet, and installed once:");
  for (const { what, into } of outside) console.log(`  ${what}, ${into}`);
  return steps;
};

const once = (check) => {
  let checked;
  return () => (checked ??= check());
};

/** Installs the toolchain explicitly, because rustup would do it silently on the first command. */
const QUIET_RUSTUP = { env: { RUSTUP_AUTO_INSTALL: "0" } };

const checkRust = once(async () => {
  const wanted = (await readFile(join(root, "Cargo.toml"), "utf8")).match(/^rust-version = "([\d.]+)"$/m)[1];
  let found = await tryRun("rustc", ["--version"], QUIET_RUSTUP);
  if (!found && (await tryRun("rustup", ["--version"], QUIET_RUSTUP))) {
    await runSteps([
      {
        title: "Install the Rust toolchain that rust-toolchain.toml names",
        run: () => install("Rust's download server", "rustup", ["toolchain", "install"]),
      },
    ]);
    found = await tryRun("rustc", ["--version"], QUIET_RUSTUP);
  }
  if (!found)
    throw new ExpectedFailure(
      "Rust is missing: install it from https://rustup.rs, open a new terminal, then run this again.",
    );
  const version = found.split(" ")[1];
  if (isOlder(version, wanted))
    throw new ExpectedFailure(
      `Rust ${wanted} or newer is needed, and this is ${version}: run \`rustup update stable\`, then run this again.`,
    );
  if (!(await tryRun("cargo", ["--version"])))
    throw new ExpectedFailure(
      "cargo is missing beside rustc: install Rust from https://rustup.rs, then run this again.",
    );
});

/** Compares versions by their numbers. */
export const isOlder = (version, than) => {
  const [left, right] = [version, than].map((text) => text.split(/[.-]/).map(Number));
  const at = right.findIndex((number, index) => number !== (left[index] ?? 0));
  return at >= 0 && (left[at] ?? 0) < right[at];
};

/** The version of a crate in Cargo.lock. */
const lockedVersion = async (crate) => {
  const lock = await readFile(join(root, "Cargo.lock"), "utf8");
  return lock.match(new RegExp(`name = "${crate}"\\nversion = "([^"]+)"`))[1];
};

const rustupStep = (what, args) => ({
  what,
  into: "by rustup",
  title: `Install ${what}`,
  run: async () => {
    if (!(await tryRun("rustup", ["--version"])))
      throw new ExpectedFailure(
        `This Rust lacks ${what}, and there is no rustup to add it: install Rust from https://rustup.rs, then run this again.`,
      );
    await install("Rust's download server", "rustup", args);
  },
});

/**
 * @param {string} command
 * @param {{ crate?: string, version?: string, flags?: string[], probe?: string[] }} [options] `probe`: arguments that make it
 *   print its version
 */
const cargoCommand = async (
  command,
  { crate = command, version, flags = ["--locked"], probe = ["--version"] } = {},
) => {
  await checkRust();
  const found = await tryRun(command, probe);
  if (found && (!version || found.split(/\s+/).includes(version))) return [];
  const pinned = version ? ["--version", version] : [];
  const title = version ? `${command} ${version}` : command;
  return [
    {
      what: title,
      into: `into ${toolsFolder} by cargo install`,
      title: `Install ${title}`,
      // Not optimized: wasm-bindgen takes 57 s to build instead of 131, and its output is the same.
      run: () =>
        install("crates.io", "cargo", ["install", "--debug", "--root", toolsFolder, crate, ...pinned, ...flags], {
          env: { CARGO_PROFILE_DEV_DEBUG: "0" },
        }),
    },
  ];
};

async function npmPackages() {
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules/.package-lock.json");
  if (existsSync(installed)) {
    const [wanted, have] = await Promise.all([lock, installed].map((file) => readFile(file, "utf8")));
    const versions = (text) =>
      Object.entries(JSON.parse(text).packages)
        .filter(([path, entry]) => path && !entry.optional)
        .map(([path, entry]) => `${path}@${entry.version}`)
        .sort()
        .join();
    if (versions(wanted) === versions(have)) return [];
  }
  return [
    {
      title: "Install the npm packages",
      run: async () => {
        // npm's default takes minutes of silence.
        await install("The npm registry", "npm", ["ping", "--fetch-timeout=15000", "--fetch-retries=0"], {
          onlyIfUnreachable: true,
        });
        // Not `npm ci`, which rejects a lock file without the optional binaries of another platform; which binaries it has
        // depends on the registry it was written with. The versions are the lock file's either way.
        await install("The npm registry", "npm", [
          "install",
          "--no-save",
          "--no-audit",
          "--no-fund",
          "--loglevel=http",
        ]);
      },
    },
  ];
}

/**
 * @param {object} options
 * @param {string} options.reason their purpose, for the message
 * @param {Record<string, string[]>} options.commands the possible names of commands, by Debian package
 * @param {string} options.elsewhere how to install them on other systems
 */
const systemPackages = async ({ reason, commands, elsewhere }) => {
  const missing = Object.keys(commands).filter((name) => !findCommand(...commands[name]));
  if (!missing.length) return [];
  if (process.getuid?.() !== 0 || !findCommand("apt-get"))
    throw new ExpectedFailure(
      `Install ${reason}, then run this again (on Debian: sudo apt-get install ${missing.join(" ")}; ${elsewhere}).`,
    );
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const patience = ["Acquire::http::Timeout=20", "Acquire::Retries=1", "APT::Update::Error-Mode=any"].flatMap(
    (option) => ["-o", option],
  );
  return [
    {
      what: missing.join(", "),
      into: "system-wide by apt-get",
      title: `Install ${missing.join(", ")}`,
      run: async () => {
        await install("Debian's package server", "apt-get", [...patience, "update"], { env });
        await install(
          "Debian's package server",
          "apt-get",
          [...patience, "install", "-y", "--no-install-recommends", ...missing],
          { env },
        );
      },
    },
  ];
};
