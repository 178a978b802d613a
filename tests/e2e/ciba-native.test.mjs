// The native client in a program for the command line: examples/ciba.rs, against AuthSec as it is.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { AS_AUTHSEC, startCloud, TOKEN, WITH_STANDARD_ROUTES } from "./support/cloud.mjs";
import { otherThan } from "./support/phone.mjs";
import { buildPrograms, EXAMPLE } from "./support/rust-programs.mjs";

const WORKSPACE = "/authsec/uflow/auth/workspace";
const CLIENT = "a-client";
const SIGNER = "a client: with a key";
/** Runs a command in a terminal of its own. */
const IN_TERMINAL = ["-c", "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"];

let folder, cloud, settings;

before(async () => {
  await buildPrograms();
  folder = await mkdtemp(join(tmpdir(), "webauthn-result-native-"));
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = join(folder, "key.pem");
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "key-1", use: "sig", alg: "ES256" };
  await writeFile(pem, privateKey.export({ type: "pkcs8", format: "pem" }));
  cloud = await startCloud({ ciba: WITH_STANDARD_ROUTES, keys: { [SIGNER]: [jwk] } });
  const { workspace_id } = await newUser(cloud);
  settings = {
    AUTHSEC_URL: cloud.baseUrl,
    CIBA_CLIENT_ID: CLIENT,
    CIBA_CLIENT_SECRET: cloud.clients[CLIENT],
    CIBA_WORKSPACE_ID: workspace_id,
    CIBA_PRIVATE_KEY_FILE: undefined,
    pem,
  };
});

after(async () => {
  await cloud?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Creates a user: `{ email, token, totp_secret, workspace_id }`. */
const newUser = (of, devices) => of.ask("/_local/ciba/users", { email: `${randomUUID()}@example.com`, ...devices });

/** What the user does with the request on the phone, which must show this message. */
const decide = async (of, { token }, message, approved) => {
  const ask = async (path, init) => {
    const response = await fetch(of.phoneUrl + WORKSPACE + path, {
      ...init,
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    });
    return response.json();
  };
  const { requests } = await ask("/ciba/requests");
  const request = requests.find(({ binding_message }) => binding_message === message);
  assert.ok(request, `the phone shows ${message}`);
  const body = JSON.stringify({ auth_req_id: request.auth_req_id, approved, biometric_verified: true });
  assert.equal((await ask("/ciba/respond", { method: "POST", body })).success, true);
};

/** The code of an authenticator app: RFC 6238, section 4. */
const codeOf = ({ totp_secret }) => {
  const bits = [...totp_secret]
    .map((digit) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(digit).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
  return String(number % 1e6).padStart(6, "0");
};

/** Starts the program. `until` resolves to a match of its output, `ended` to its exit code. */
const start = (t, email, { terminal = false, ...env } = {}) => {
  const { pem, ...variables } = { ...settings, ...env };
  const [command, args] = terminal ? ["python3", [...IN_TERMINAL, EXAMPLE, email]] : [EXAMPLE, [email]];
  const given = Object.entries({ ...process.env, ...variables }).filter(([, value]) => value !== undefined);
  const child = spawn(command, args, { env: Object.fromEntries(given), stdio: "pipe" });
  t.after(() => child.kill());
  let output = "";
  let changed = () => {};
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
      changed();
    });
  const closed = once(child, "close");
  return {
    output: () => output,
    enter: (line) => child.stdin.write(`${line}\n`),
    leave: () => child.stdin.end(),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        changed = () => {
          const match = pattern.exec(output);
          if (match) resolve(match);
        };
        changed();
        closed.then(() => reject(new Error(`it ended without ${pattern}:\n${output}`)));
      }),
    ended: async () => {
      const [code] = await closed;
      // A token as a whole, and the secret of the client.
      assert.doesNotMatch(output, TOKEN);
      assert.ok(!output.includes(cloud.clients[CLIENT]));
      return code;
    },
  };
};

const MESSAGE = /Approve on your phone, if it shows: (Sign in, code [2-9A-HJ-NP-Z]{4})\r?\n/;
const ASKS = (left) => new RegExp(`Code of your authenticator app \\(${left} left\\): `);

describe("the native client at the command line", { timeout: 60_000 }, () => {
  test("waits for the phone with a countdown on one line, and ends with 0 after an approval", async (t) => {
    const user = await newUser(cloud);
    const program = start(t, user.email);
    const [, message] = await program.until(MESSAGE);
    await program.until(/\rWaiting for your phone: {2}58 s /);
    await decide(cloud, user, message, true);
    assert.equal(await program.ended(), 0);
    assert.match(program.output(), /\r[^\n\r]* 60 s (?:\r[^\n\r]* s )+\nApproved\. The token begins with eyJ\w{5}…\n$/);
  });

  for (const [name, terminal] of [
    ["", false],
    [" at a terminal", true],
  ])
    test(`takes a code${name} after the phone has rejected, and asks again after a wrong one`, async (t) => {
      const user = await newUser(cloud);
      const program = start(t, user.email, { terminal });
      const [, message] = await program.until(MESSAGE);
      await decide(cloud, user, message, false);
      await program.until(/The request was rejected on the phone\. \(access_denied\)/);
      await program.until(ASKS(3));
      program.enter("12345");
      await program.until(/The code is wrong\..* \(invalid_code\)\s+Code of your authenticator app \(3 left\): /);
      program.enter(otherThan(codeOf(user)));
      await program.until(ASKS(2));
      program.enter(codeOf(user).replace(/^.../, "$& "));
      assert.equal(await program.ended(), 0);
      assert.match(program.output(), /Approved\. The token begins with eyJ/);
    });

  test("takes three codes after the request has expired, and ends with 1", async (t) => {
    const brief = await startCloud({ ciba: AS_AUTHSEC, requestSeconds: 1 });
    t.after(() => brief.stop());
    const user = await newUser(brief);
    const of = { AUTHSEC_URL: brief.baseUrl, CIBA_CLIENT_SECRET: brief.clients[CLIENT] };
    const program = start(t, user.email, of);
    await program.until(/The request has expired\..* \(expired_token\)/);
    for (const left of [3, 2, 1]) {
      await program.until(ASKS(left));
      program.enter(otherThan(codeOf(user)));
    }
    assert.equal(await program.ended(), 1);
    assert.match(program.output(), /Too many wrong codes\..* \(too_many_retries\)\n$/);
  });

  test("ends with 1 if no code is entered", async (t) => {
    const user = await newUser(cloud, { phone: false });
    const program = start(t, user.email);
    await program.until(/The user has no phone or no authenticator app\. \(no_device_registered\)/);
    program.leave();
    assert.equal(await program.ended(), 1);
    assert.match(program.output(), /No code was entered\.\n$/);
  });

  for (const [name, env, pattern] of [
    [
      "the secret is wrong",
      { CIBA_CLIENT_SECRET: "other" },
      /does not accept CIBA_CLIENT_ID or its secret.*invalid_client/,
    ],
    ["the server cannot be reached", { AUTHSEC_URL: "http://localhost:1" }, /cannot be reached\..*connection_failed/],
    [
      "the server is another",
      {
        get AUTHSEC_URL() {
          return cloud.phoneUrl;
        },
      },
      /do not fit together: http_\d+/,
    ],
  ])
    test(`says so if ${name}`, async (t) => {
      const program = start(t, "ada@example.com", { ...env });
      await program.until(pattern);
      program.leave();
      assert.equal(await program.ended(), 1);
    });

  test("needs an address and a client", async (t) => {
    for (const [env, reason] of [
      [{ AUTHSEC_URL: undefined }, "AUTHSEC_URL is missing\n"],
      [{ CIBA_CLIENT_ID: "" }, "CIBA_CLIENT_ID is missing\n"],
    ]) {
      const program = start(t, "ada@example.com", env);
      assert.equal(await program.ended(), 1);
      assert.equal(program.output(), reason);
    }
  });

  for (const [name, env] of [
    ["a secret", () => ({})],
    [
      "a key",
      () => ({
        CIBA_CLIENT_ID: SIGNER,
        CIBA_CLIENT_SECRET: undefined,
        CIBA_PRIVATE_KEY_FILE: settings.pem,
        CIBA_KEY_ID: "key-1",
      }),
    ],
  ])
    test(`uses the standard's routes with ${name}`, async (t) => {
      const user = await newUser(cloud);
      const program = start(t, user.email, { CIBA_ROUTES: "oidc", ...env() });
      const [, message] = await program.until(MESSAGE);
      await program.until(/ 59 s /);
      await decide(cloud, user, message, true);
      assert.equal(await program.ended(), 0);
      assert.match(program.output(), /Approved\. The token begins with eyJ/);
    });
});
