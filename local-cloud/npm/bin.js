#!/usr/bin/env node
// Runs the server's binary, from the package for this platform that npm chose, and ends as it ends.

import { spawn } from "node:child_process";
import { findBinary } from "./find-binary.js";

try {
  run(findBinary());
} catch (error) {
  console.error(`webauthn-result-cloud: ${error.message}`);
  process.exitCode = 1;
}

function run(binary) {
  let child;
  // In a terminal, Ctrl+C reaches the server, too, and this process waits for it. Elsewhere it must be passed on. Windows has no
  // signals: there, `kill` would end the server before it has finished its requests. Before the start, so that none is missed: a
  // handler runs after this function has returned.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => {
      if (process.platform !== "win32") child.kill(signal);
    });
  child = spawn(binary, process.argv.slice(2), { stdio: "inherit" });
  child.on("error", (error) => {
    console.error(`webauthn-result-cloud: ${binary} cannot be started: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (code !== null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
