// What the clients of registries print where nothing responds, and where something else is wrong.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isUnreachable } from "./registries.mjs";

const UNREACHABLE = [
  ["npm, refused", "npm error code ECONNREFUSED\nnpm error FetchError: request to http://registry.example/ failed"],
  ["npm, silent", "npm error code FETCH_ERROR\nnpm error network timeout at: http://registry.example/-/ping"],
  ["npm, no such name", "npm error code ENOTFOUND\nnpm error network request to https://registry.example failed"],
  [
    "cargo, silent",
    "warning: spurious network error (1 try remaining): [28] Timeout was reached (Connection timed out)",
  ],
  ["cargo, no such name", "[6] Could not resolve hostname (Could not resolve host: crates.example)"],
  ["cargo, refused", "[7] Could not connect to server (Failed to connect to crates.example port 443)"],
  ["rustup", "error: could not download file from 'https://rust.example/channel.toml.sha256' to '/tmp/x'"],
  ["apt-get", "E: Failed to fetch http://deb.example/InRelease  Temporary failure resolving 'deb.example'"],
  ["pip", "NewConnectionError(': Failed to establish a new connection: [Errno -2] Name or service not known')"],
  ["pip, no route", "Failed to establish a new connection: [Errno 101] Network is unreachable"],
];
for (const [client, output] of UNREACHABLE)
  test(`${client}: the registry does not respond`, () => {
    assert.ok(isUnreachable(output));
  });

const REACHED = [
  ["npm", "npm error code E404\nnpm error 404 Not Found - GET https://registry.example/nothing"],
  ["cargo", "error: could not find `nothing` in registry `crates-io` with version `*`"],
  ["apt-get", "E: Unable to locate package nothing"],
  ["pip", "ERROR: No matching distribution found for nothing==1.0"],
  ["a compiler", "error: linking with `cc` failed: exit status: 1"],
];
for (const [client, output] of REACHED)
  test(`${client}: another failure is shown as it is`, () => {
    assert.ok(!isUnreachable(output));
  });
