// Runs the checks in Node, Deno and Bun. The process ends by itself when they are over.

import { readFile } from "node:fs/promises";
import { CIBAClient } from "webauthn-result/ciba";

import { check } from "./check.mjs";

console.log(await check(CIBAClient, JSON.parse(await readFile("settings.json", "utf8"))));
