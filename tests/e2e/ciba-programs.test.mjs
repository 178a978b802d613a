// The programs of docs/error-handling.md, at a terminal, against AuthSec as it is.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { root } from "../../scripts/run.mjs";
import { launchBrowser } from "./support/browser.mjs";
import { AS_AUTHSEC, startCloud, TOKEN } from "./support/cloud.mjs";
import { openPhone, otherThan } from "./support/phone.mjs";
import { serve } from "./support/processes.mjs";
import { startAtTerminal } from "./support/terminal.mjs";

const CLIENT = { id: "a-program", secret: randomUUID() };
const APPROVED = /^Approved\. The token has \d{3,} characters\.$/m;

let cloud, browser, context, workspaceId;
before(async () => {
  cloud = await startCloud({ ciba: AS_AUTHSEC, clients: { [CLIENT.id]: CLIENT.secret } });
  browser = await launchBrowser();
  context = await browser.newContext();
  ({ workspace_id: workspaceId } = await cloud.ask("/_local/ciba/users", { email: `${randomUUID()}@example.com` }));
});
after(async () => {
  await browser?.close();
  await cloud?.stop();
});

/** Starts a program for a new user. Afterward, nothing that it printed may hold a secret. */
const play = async (name, { env = {}, devices, url = cloud.baseUrl } = {}, act) => {
  const email = await cloud.newPerson(devices);
  const phone = await openPhone(context, cloud, email);
  const program = startAtTerminal(process.execPath, [join(root, "docs/examples/ciba", name), email], {
    env: {
      AUTHSEC_URL: url,
      CIBA_CLIENT_ID: CLIENT.id,
      CIBA_CLIENT_SECRET: CLIENT.secret,
      CIBA_WORKSPACE_ID: workspaceId,
      ...env,
    },
  });
  await act({ ...program, phone, email });
  const code = await program.exits();
  await phone.tab.close();
  assert.doesNotMatch(program.output(), TOKEN, "it printed a token");
  assert.ok(!program.output().includes(CLIENT.secret), "it printed the secret");
  return { code, output: program.output() };
};

describe("safe-authenticate.mjs", () => {
  test("ends with the token of an approval", async () => {
    const { code, output } = await play("safe-authenticate.mjs", {}, ({ phone }) => phone.approve());
    assert.match(output, APPROVED);
    assert.equal(code, 0);
  });

  test("names why there is none", async () => {
    const { code, output } = await play("safe-authenticate.mjs", {}, ({ phone }) => phone.deny());
    assert.equal(output, "Error: access_denied\n");
    assert.equal(code, 1);
  });

  test("names a user without a phone, a secret that is wrong, and a server that cannot be reached", async () => {
    for (const [options, error] of [
      [{ devices: { phone: false } }, "no_device_registered"],
      [{ env: { CIBA_CLIENT_SECRET: "wrong" } }, "invalid_client"],
      [{ url: "http://127.0.0.1:1" }, "connection_failed"],
    ]) {
      const { code, output } = await play("safe-authenticate.mjs", options, () => {});
      assert.equal(output, `Error: ${error}\n`);
      assert.equal(code, 1);
    }
  });
});

describe("codes", () => {
  test("invalid-code.mjs tells how many attempts remain, and takes the right one", async () => {
    const { code, output } = await play("invalid-code.mjs", {}, async ({ phone, answers, reads }) => {
      const right = await phone.code();
      await answers("Enter 6-digit code: ", otherThan(right));
      await reads("Invalid code. 2 attempts remaining.");
      await answers("Enter 6-digit code: ", `${right.slice(0, 3)} ${right.slice(3)}`);
    });
    assert.match(output, APPROVED);
    assert.equal(code, 0);
  });

  test("invalid-code.mjs ends after the third wrong one", async () => {
    const { code, output } = await play("invalid-code.mjs", {}, async ({ phone, answers }) => {
      const wrong = otherThan(await phone.code());
      for (const _ of [1, 2, 3]) await answers("Enter 6-digit code: ", wrong);
    });
    assert.match(output, /Invalid code\. 0 attempts remaining\./);
    assert.match(output, /Not verified: invalid_code\n$/);
    assert.equal(code, 1);
  });

  test("too-many-retries.mjs resets the count, and goes on", async () => {
    const { code, output } = await play("too-many-retries.mjs", {}, async ({ phone, answers, reads }) => {
      const right = await phone.code();
      for (const _ of [1, 2, 3]) await answers("Enter 6-digit code: ", otherThan(right));
      await answers("Enter 6-digit code: ", right);
      await reads("Resetting retry counter...");
      await answers("Enter 6-digit code: ", await phone.code());
    });
    assert.match(output, APPROVED);
    assert.equal(code, 0);
  });
});

describe("access-denied.mjs", () => {
  test("asks again where the user tries again", async () => {
    const { code, output } = await play("access-denied.mjs", {}, async ({ phone, answers }) => {
      await phone.deny();
      await answers("(retry/totp): ", "retry");
      await phone.approve();
    });
    assert.match(output, /^User denied the authentication request\.$/m);
    assert.match(output, APPROVED);
    assert.equal(code, 0);
  });

  test("takes a code where the user has chosen that", async () => {
    const { code, output } = await play("access-denied.mjs", {}, async ({ phone, answers }) => {
      await phone.deny();
      await answers("(retry/totp): ", "totp");
      await answers("Enter 6-digit code: ", await phone.code());
    });
    assert.match(output, APPROVED);
    assert.equal(code, 0);
  });
});

describe("continue-waiting.mjs", () => {
  const env = { POLL_SECONDS: "0.5" };

  test("goes on with the same request", async () => {
    const { code, output } = await play("continue-waiting.mjs", { env }, async ({ phone, answers }) => {
      await answers("Continue waiting? (y/n): ", "Y");
      await answers("Continue waiting? (y/n): ", "y");
      await phone.approve();
      // Unless the poll was over before the phone had approved.
      await answers("Continue waiting? (y/n): ", "y").catch(() => {});
    });
    assert.match(output, /^Request timed out after 0\.5 seconds\.$/m);
    assert.match(output, APPROVED);
    assert.equal(code, 0);
  });

  test("cancels where the user has enough", async () => {
    const { code, output } = await play("continue-waiting.mjs", { env }, ({ answers }) =>
      answers("Continue waiting? (y/n): ", "n"),
    );
    assert.match(output, /Authentication cancelled\.\nNot approved: cancelled\n$/);
    assert.equal(code, 1);
  });
});

describe("expired-token.mjs", () => {
  test("starts a new request when one has expired", async () => {
    const brief = await startCloud({ ciba: AS_AUTHSEC, clients: { [CLIENT.id]: CLIENT.secret }, requestSeconds: 2 });
    try {
      const email = await brief.newPerson();
      const phone = await openPhone(context, brief, email);
      const program = startAtTerminal(process.execPath, [join(root, "docs/examples/ciba/expired-token.mjs"), email], {
        env: { AUTHSEC_URL: brief.baseUrl, CIBA_CLIENT_ID: CLIENT.id, CIBA_CLIENT_SECRET: CLIENT.secret },
      });
      await program.reads("Request expired. Starting new authentication...");
      await phone.approve();
      assert.equal(await program.exits(), 0);
      assert.match(program.output(), APPROVED);
      await phone.tab.close();
    } finally {
      await brief.stop();
    }
  });
});

describe("the network", () => {
  test("network-timeout.mjs tries again after 5 seconds", async () => {
    const started = [];
    const slow = await serve((request, response) => {
      request.resume();
      started.push(performance.now());
      if (started.length > 1)
        response.writeHead(200, { "Content-Type": "application/json" }).end('{"auth_req_id":"ID"}');
    });
    try {
      const env = { REQUEST_MS: "300" };
      const { code, output } = await play("network-timeout.mjs", { url: slow.origin, env }, () => {});
      assert.equal(
        output,
        "Network timeout. Please check your internet connection.\nRetrying in 5 seconds...\nPush sent.\n",
      );
      assert.equal(code, 0);
      assert.equal(started.length, 2);
    } finally {
      slow.stop();
    }
  });

  test("connection-failed.mjs says what to check", async () => {
    const { code, output } = await play("connection-failed.mjs", { url: "http://127.0.0.1:1" }, () => {});
    assert.match(output, /^Cannot connect to AuthSec API\.\nPlease check:\n {2}1\. .*\n {2}2\. .*\n {2}3\. .*\n$/);
    assert.equal(code, 1);
  });
});

describe("the patterns", () => {
  test("retry.mjs tries again after a fault, and not after a denial", async () => {
    const { code, output } = await play("retry.mjs", {}, async ({ phone, reads }) => {
      await reads("Asking for the approval of");
      await phone.approve();
    });
    assert.match(output, APPROVED);
    assert.equal(code, 0);

    const denied = await play("retry.mjs", {}, ({ phone }) => phone.deny());
    assert.match(denied.output, /Not approved\.\n$/);
    assert.equal(denied.output.match(/Asking for the approval of/g).length, 1);
    assert.equal(denied.code, 1);

    const unreachable = await play("retry.mjs", { url: "http://127.0.0.1:1" }, () => {});
    assert.equal(unreachable.output.match(/Asking for the approval of/g).length, 3);
    assert.equal(unreachable.code, 1);
  });

  test("fallback.mjs asks for a code where the phone does not respond", async () => {
    const env = { POLL_SECONDS: "0.5" };
    const { code, output } = await play("fallback.mjs", { env }, async ({ phone, answers, reads }) => {
      await reads("CIBA failed: timeout\nFalling back to TOTP...\n");
      await answers("Enter 6-digit code: ", await phone.code());
    });
    assert.match(output, APPROVED);
    assert.equal(code, 0);
  });

  test("fallback.mjs says where the code is wrong, too", async () => {
    const { code, output } = await play("fallback.mjs", {}, async ({ phone, answers }) => {
      await phone.deny();
      await answers("Enter 6-digit code: ", otherThan(await phone.code()));
    });
    assert.match(output, /TOTP also failed\.\n$/);
    assert.equal(code, 1);
  });

  test("friendly-errors.mjs prints the guide's text", async () => {
    const { code, output } = await play("friendly-errors.mjs", {}, ({ phone }) => phone.deny());
    assert.equal(output, "You rejected the authentication request. Please try again.\n");
    assert.equal(code, 1);
  });

  test("logging.mjs logs each step, and no secret", async () => {
    const { code, output } = await play("logging.mjs", {}, ({ phone }) => phone.approve());
    for (const line of [
      /^\S+Z INFO Asking for the approval of \S+@example\.com$/m,
      /^\S+Z INFO Push sent to \S+@example\.com$/m,
      /^\S+Z DEBUG Poll 1 for \S+@example\.com$/m,
      /^\S+Z INFO Approved by \S+@example\.com$/m,
      APPROVED,
    ])
      assert.match(output, line);
    assert.equal(code, 0);
  });
});
