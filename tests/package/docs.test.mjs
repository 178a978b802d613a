// The documentation is correct: examples equal the files that they quote, and they work; links resolve; tables of codes equal
// those of docs/contract.md, section A2.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { after, before, describe, test } from "node:test";

import { transform } from "esbuild";

import { CONSUMERS } from "../../scripts/consumers/table.mjs";
import { apiReference } from "../../scripts/docs/api-reference.mjs";
import { blocksOf, pagePaths, readQuotation } from "../../scripts/docs/quote-examples.mjs";
import { anchorsOf, isRelative, linksOf, withoutCode } from "../../scripts/markdown.mjs";
import { root } from "../../scripts/run.mjs";
import { launchBrowser, openPage } from "../e2e/support/browser.mjs";
import { startServer } from "../e2e/support/processes.mjs";
import { TEXTS } from "../e2e/support/result-table.mjs";
import { startShop } from "../e2e/support/shop.mjs";
import { replaceCredentials, slowPerson } from "../e2e/support/stand-ins.mjs";

const WIDTH = 150;

const pages = await Promise.all(
  (await pagePaths()).map(async (path) => ({ path, text: await readFile(join(root, path), "utf8") })),
);

test("the README can be read in a few minutes", () => {
  const { text } = pages.find(({ path }) => path === "README.md");
  assert.ok(text.split("\n").length < 150);
});

describe("every page", () => {
  for (const { path, text } of pages)
    test(path, async () => {
      const [title, blank, first] = text.split("\n");
      assert.match(title, /^# \S/);
      assert.equal(blank, "");
      assert.match(first, /^\S/, "a page opens with a sentence that says what it is for");
      const prose = withoutCode(text).split("\n");
      const wide = prose.filter((line) => [...line].length > WIDTH && !line.startsWith("|"));
      assert.deepEqual(wide, [], `lines of more than ${WIDTH} characters`);
    });
});

describe("an example that names a file equals it", () => {
  for (const { path, text } of pages)
    for (const { from, code } of blocksOf(text).filter((block) => block.from))
      test(`${path}: ${from}`, async () => assert.equal(code, await readQuotation(from)));

  test("each quick start quotes its consumer", () => {
    for (const [name, folders] of Object.entries({
      "quick-start": ["react-vite"],
      nextjs: ["next"],
      vue: ["vue-vite"],
      svelte: ["svelte-vite"],
      "no-framework": ["plain-module", "classic-script"],
    })) {
      const { text } = pages.find(({ path }) => path === `docs/${name}.md`);
      const quoted = blocksOf(text).map(({ from }) => from?.split("/")[2]);
      for (const folder of folders) assert.ok(quoted.includes(folder), folder);
    }
  });
});

test("the documentation has each line that the tests insert into a template", () => {
  const blocks = pages.flatMap(({ text }) => blocksOf(text)).map(({ code }) => code);
  const edits = CONSUMERS.flatMap((consumer) => consumer.edits ?? []);
  assert.ok(edits.length > 0);
  for (const { after, text } of edits)
    assert.ok(
      blocks.some((code) => code.includes(after + text)),
      text,
    );
});

test("every block of code has the name of its file above it", () => {
  // Those are of a page before and after a migration, and of the declarations.
  const excluded = ["README.md", "docs/api.md", "docs/from-fido2-client.md", "docs/from-simplewebauthn.md"];
  const nameless = [];
  for (const { path, text } of pages.filter((page) => !excluded.includes(page.path))) {
    const lines = text.split("\n");
    lines.forEach((line, at) => {
      if (!/^```(?:js|mjs|ts|tsx|html|vue|svelte|rust|toml)$/.test(line)) return;
      const above = lines.slice(0, at).filter((other) => other && !other.startsWith("<!--"));
      if (!/`[\w./-]+\.(?:js|mjs|ts|tsx|html|vue|svelte|rs|toml)`|\]\([\w./-]+\.mjs\)/.test(above.slice(-2).join(" ")))
        nameless.push(`${path}:${at + 1}`);
    });
  }
  assert.deepEqual(nameless, []);
});

test("every example in JavaScript or TypeScript can be parsed", async () => {
  const loaders = { js: "js", mjs: "js", javascript: "js", jsx: "jsx", ts: "ts", tsx: "tsx" };
  for (const { path, text } of pages)
    for (const { language, code } of blocksOf(text))
      if (loaders[language])
        await transform(code, { loader: loaders[language] }).catch((error) =>
          assert.fail(`${path}: ${error.message}\n${code}`),
        );
});

test("every example in JSON is JSON", () => {
  const blocks = pages.flatMap(({ text }) => blocksOf(text).filter(({ language }) => language === "json"));
  assert.ok(blocks.length > 2);
  for (const { code } of blocks) JSON.parse(code);
});

for (const name of ["shop", "autofill"])
  test(`${name}.js is ${name}.ts without its types`, async () => {
    const [typed, plain] = await Promise.all(
      /** @type {const} */ (["ts", "js"]).map(async (loader) => {
        const text = await readFile(join(root, `tests/consumers/shared/${name}.${loader}`), "utf8");
        // Browsers need the whole name.
        const source = text.replace('"./shop"', '"./shop.js"');
        const { code } = await transform(source, {
          loader,
          target: "esnext",
          tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
        });
        return code;
      }),
    );
    assert.equal(plain, typed);
  });

test("every statusUrl is the route of the examples' backend", () => {
  const routes = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/statusUrl: "([^"]*)"/g)].map(([, route]) => `${path}: ${route}`),
  );
  assert.ok(routes.length > 5, "the pattern finds the settings");
  assert.deepEqual(
    routes.filter((route) => !route.endsWith(": /api/status")),
    [],
  );
});

test("every relative link has a target", async () => {
  const broken = [];
  for (const { path, text } of pages)
    for (const target of linksOf(text).filter(isRelative)) {
      const [file, anchor] = target.split("#");
      const other = file ? relative(root, join(root, dirname(path), file)) : path;
      if (!existsSync(join(root, other))) broken.push(`${path}: ${target}`);
      else if (anchor && !anchorsOf(await readFile(join(root, other), "utf8")).includes(anchor))
        broken.push(`${path}: ${target}`);
    }
  assert.deepEqual(broken, []);
});

test("docs/api.md is what npm run docs:api writes", async () => {
  const { text } = pages.find(({ path }) => path === "docs/api.md");
  assert.equal(text, await apiReference());
});

describe("the codes", () => {
  test("and messages of the tables in docs/results.md are those of docs/contract.md, section A2", () => {
    const { text } = pages.find(({ path }) => path === "docs/results.md");
    const rows = [...text.matchAll(/^\| `((?:success|error)-\w+)` \| (.+?) \|/gm)].map(([, code, message]) => [
      code,
      message,
    ]);
    assert.deepEqual(Object.fromEntries(rows), TEXTS);
    assert.equal(rows.length, Object.keys(TEXTS).length, "each code once");
  });

  test("on every page exist", () => {
    for (const { path, text } of pages)
      for (const [code] of text.matchAll(/\b(?:error-\d+|success-\w+)/g)) assert.ok(code in TEXTS, `${path}: ${code}`);
  });

  test("that are failures are each in docs/troubleshooting.md", () => {
    const { text } = pages.find(({ path }) => path === "docs/troubleshooting.md");
    for (const code of Object.keys(TEXTS)) if (code.startsWith("error")) assert.ok(text.includes(code), code);
  });
});

describe("the messages", () => {
  /** Texts of exceptions that are caught, and of a value that stands for invalid settings. */
  const INTERNAL = ["not an object", "Time is up."];

  /** The texts of the files that may be part of a message: string literals with a space, or template literals' parts. */
  const textsOf = async (paths) => {
    const files = await Promise.all(paths.map((path) => readFile(join(root, path), "utf8")));
    return files
      .flatMap((file) => file.split("\n"))
      .filter((line) => !/^\s*(?:\/\/|\*|import|\/\*|#|\w+!\()/.test(line))
      .flatMap((line) => [...line.matchAll(/"((?:[^"\\]|\\.)*)"|`([^`]*)`/g)])
      .flatMap(([, plain, template]) => (plain ?? template).replaceAll('\\"', '"').split(/\$\{[^}]*\}/))
      .map((text) => text.replace(/^[\s:;(]+|[\s()]+$/g, ""))
      .filter((text) => / /.test(text) && !text.includes("{") && !/^https?:/.test(text));
  };

  // src/messages/tests.rs holds that list against docs/troubleshooting.md.
  test("of the Rust code are all in src/messages.rs", async () => {
    const folders = await Promise.all(
      ["src", "src/options"].map(async (folder) =>
        (await readdir(join(root, folder))).filter((name) => name.endsWith(".rs")).map((name) => `${folder}/${name}`),
      ),
    );
    // The texts of codes, which are binding.
    const excluded = ["src/messages.rs", "src/result.rs"];
    assert.ok((await textsOf(["src/messages.rs"])).length > 40, "the pattern finds the texts");
    assert.deepEqual(await textsOf(folders.flat().filter((path) => !excluded.includes(path))), []);
  });

  test("of the JavaScript code are each in docs/troubleshooting.md", async () => {
    const { text } = pages.find(({ path }) => path === "docs/troubleshooting.md");
    const plain = text.replace(/\s+/g, " ");
    const names = (await readdir(join(root, "js"))).filter((name) =>
      /^(?!cause|explain|decode|messages|ciba|testing).*\.js$/.test(name),
    );
    const texts = await textsOf(names.map((name) => `js/${name}`));
    assert.ok(texts.length > 5, "the pattern finds the texts");
    assert.deepEqual(
      texts.filter((message) => !plain.includes(message) && !INTERNAL.includes(message)),
      [],
    );
  });
});

// With a time limit, because a bug could make them wait indefinitely.
describe("the examples work, against the local cloud", { timeout: 300_000 }, () => {
  let shop, example, backend, browser;

  before(async () => {
    shop = await startShop();
    example = await startServer(process.execPath, [join(root, "docs/examples/backend.mjs")], {
      ACCESS_KEY: shop.accessKey,
      CLOUD_URL: shop.baseUrl,
      ORIGIN: shop.origin,
      PORT: "0",
    });
    backend = /http:\S+/.exec(example.log())[0];
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await example?.stop();
    await shop?.stop();
  });

  /** A page of the shop with a virtual authenticator, the backend of the example and the example files. */
  const open = async (t) => {
    const prepare = async (tab) => {
      await tab.route("**/api/**", async (route) => {
        const { pathname } = new URL(route.request().url());
        await route.fulfill({ response: await route.fetch({ url: backend + pathname }) });
      });
      for (const [name, path] of [
        ["shop.js", "tests/consumers/shared/shop.js"],
        ["autofill.js", "tests/consumers/shared/autofill.js"],
        ["reacting.js", "tests/consumers/react-vite/src/reacting.ts"],
      ])
        await tab.route(`**/examples/${name}`, async (route) => {
          const text = await readFile(join(root, path), "utf8");
          const { code } = await transform(text, { loader: path.endsWith(".ts") ? "ts" : "js" });
          await route.fulfill({
            contentType: "text/javascript",
            body: code.replace(/"webauthn-result(\/\w+)?"/g, (_, entry = "/index") => `"/pkg${entry}.js"`),
          });
        });
    };
    const { page, close } = await openPage({ browser, shop }, { prepare });
    t.after(close);
    await page.evaluate((baseUrl) => e2e.module.configure({ baseUrl }), shop.baseUrl);
    return page;
  };

  /** Creates a passkey and approves with it, as in the quick start. Returns the approval and the result. */
  const signIn = (page) =>
    page.evaluate(async (username) => {
      const { register, authenticate } = e2e.module;
      const { confirm, startApproval, startRegistration } = await import("/examples/shop.js");
      const enrollment = await startRegistration(username);
      const registered = await register(enrollment);
      await confirm(registered.token, enrollment);
      const approval = await startApproval(username);
      const result = await authenticate(approval);
      await confirm(result.token, approval);
      return { approval, result };
    }, `user-${randomUUID()}`);

  test("the README's example prints what the README says, and has the backend verify it", async (t) => {
    const { text } = pages.find(({ path }) => path === "README.md");
    const block = (language) => blocksOf(text).find((found) => found.language === language).code;
    const lines = block("js").split("\n").filter(Boolean);
    assert.ok(lines.length <= 14, "short enough to be read at a glance");
    const page = await open(t);
    // The README's user.
    await page.evaluate(async () => {
      const { confirm, startRegistration } = await import("/examples/shop.js");
      const enrollment = await startRegistration("ada");
      const { token } = await e2e.module.register(enrollment);
      await confirm(token, enrollment);
    });
    const code = block("js")
      .replace("https://INSTANCE.mauth.nevis.cloud", shop.baseUrl)
      .replace(/"webauthn-result(\/\w+)?"/g, (_, entry = "/index") => `"/pkg${entry}.js"`);
    await page.route("**/examples/readme.js", (route) => route.fulfill({ contentType: "text/javascript", body: code }));
    const seen = await page.evaluate(async () => {
      const seen = { verified: undefined };
      const printed = new Promise((resolve) => {
        console.log = resolve;
      });
      globalThis.post = async (path, body) => {
        const response = await fetch(path, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(body),
        });
        const value = await response.json();
        if (path === "/api/introspect") seen.verified = value.active;
        return value;
      };
      const shown = new Promise((resolve) => {
        globalThis.show = resolve;
      });
      globalThis.button = document.createElement("button");
      await import("/examples/readme.js");
      globalThis.button.click();
      return { printed: await printed, shown: await shown, ...seen };
    });
    const { token, ...printed } = seen.printed;
    const { token: example, ...documented } = JSON.parse(block("json"));
    assert.deepEqual(printed, documented);
    assert.equal(typeof token, typeof example);
    assert.ok(token.startsWith(example.replace("…", "")));
    assert.deepEqual([seen.shown.title, seen.verified], ["Approved", true]);
  });

  test("the backend in Node serves both ceremonies of the quick start", async (t) => {
    const page = await open(t);
    const { result } = await signIn(page);
    assert.equal(result.code.statusCode, "success-authentication");
  });

  test("the backend in Node confirms a token again, and only for its own transaction", async (t) => {
    const page = await open(t);
    const { approval, result } = await signIn(page);
    const confirmed = (token, restart) =>
      page.evaluate(
        async ([given, transaction, again]) => {
          const { confirm, startApproval } = await import("/examples/shop.js");
          return confirm(given, again ? await startApproval(again) : transaction).then(
            () => true,
            () => false,
          );
        },
        [token, approval, restart],
      );
    const { username } = await shop.status(approval.statusToken);
    assert.equal(await confirmed(result.token), true, "a second time");
    assert.equal(await confirmed(result.token, username), false, "the token of another transaction");
    assert.equal(await confirmed(approval.statusToken, username), false, "a status token");
  });

  test("reacting.ts keeps a transaction until the backend has verified it, and shares a check", async (t) => {
    const page = await open(t);
    const seen = await page.evaluate(async (username) => {
      const { checkOutcome, createPasskey, signIn } = await import("/examples/reacting.js");
      const { confirm, startApproval, startRegistration } = await import("/examples/shop.js");
      e2e.module.configure({ statusUrl: "/api/status" });
      const calls = [];
      const kept = () => JSON.parse(sessionStorage.getItem("transaction"))?.statusToken;
      const pageOf = (finish) => ({
        finish,
        showButton: () => calls.push("showButton"),
        showCheck: () => calls.push("showCheck"),
        show: (...words) => calls.push(words),
      });
      const verifies = pageOf(async (token, transaction) => {
        await confirm(token, transaction);
        calls.push(transaction.statusToken === kept() ? "finished, and kept" : "finished, and lost");
      });
      const loses = pageOf(async () => {
        throw new Error("No response.");
      });
      const enrollment = await startRegistration(username);
      const message = await createPasskey(enrollment, loses).catch((error) => error.message);
      calls.push(message, kept() === enrollment.statusToken);
      await checkOutcome(verifies);
      calls.push(kept());
      await signIn(await startApproval(username), loses).catch(() => {});
      await Promise.all([checkOutcome(verifies), checkOutcome(verifies)]);
      calls.push(kept());
      await checkOutcome(verifies);
      return calls;
    }, `user-${randomUUID()}`);
    assert.deepEqual(seen, [
      ...["showCheck", "No response.", true, "finished, and kept", undefined],
      ...["showCheck", "finished, and kept", undefined, "showButton"],
    ]);
  });

  for (const { error, response } of [
    { error: "not_approved", response: { json: { active: false } } },
    { error: "already_verified", response: { status: 409, json: { error: "already_verified" } } },
    { error: "unknown_transaction", response: { status: 404, json: { error: "unknown_transaction" } } },
  ])
    test(`reacting.ts offers the button again after a final "${error}" of the backend`, async (t) => {
      const page = await open(t);
      await page.route("**/api/introspect", (route) => route.fulfill(response));
      const seen = await page.evaluate(async (username) => {
        const { createPasskey } = await import("/examples/reacting.js");
        const { confirm, startRegistration } = await import("/examples/shop.js");
        const calls = [];
        const reactions = {
          finish: confirm,
          showButton: () => calls.push("showButton"),
          showCheck: () => calls.push("showCheck"),
        };
        const enrollment = await startRegistration(username);
        const code = await createPasskey(enrollment, reactions).catch((thrown) => thrown.code);
        return [...calls, code, sessionStorage.getItem("transaction")];
      }, `user-${randomUUID()}`);
      assert.deepEqual(seen, ["showButton", error, null]);
    });

  test("reacting.ts offers to start again only if the page of the undecided transaction is gone", async (t) => {
    const page = await open(t);
    await page.route("**/_app/attestation/result", (route) => route.abort());
    const checks = (username) =>
      page.evaluate(
        async ([baseUrl, name]) => {
          const { checkOutcome, createPasskey } = await import("/examples/reacting.js");
          const { startRegistration } = await import("/examples/shop.js");
          const { configure } = await import("/pkg/index.js");
          configure({ baseUrl, statusUrl: "/api/status", finalizeTimeout: 500 });
          const calls = [];
          const reactions = { show: (title) => calls.push(title), showCheck: (options) => calls.push(options) };
          if (name) await createPasskey(await startRegistration(name), reactions);
          await checkOutcome(reactions);
          return calls;
        },
        [shop.baseUrl, username],
      );
    const waits = { canRestart: false };
    assert.deepEqual(await checks(`user-${randomUUID()}`), [
      ...["We do not know yet whether it worked", waits],
      ...["Not decided yet", waits],
    ]);
    await page.reload();
    assert.deepEqual(await checks(), ["Not decided yet", { canRestart: true }]);
  });

  /** Offers passkeys in the page, and has the user pick one. Resolves to the title of what the page shows. */
  const pick = async (page) => {
    await signIn(page);
    await page.evaluate(replaceCredentials, String(slowPerson));
    await page.evaluate(async () => {
      const { offerPasskeys } = await import("/examples/autofill.js");
      globalThis.shown = new Promise((show) => {
        globalThis.end = offerPasskeys(show);
      });
    });
    await page.waitForFunction(() => globalThis.consent);
    await page.evaluate(() => globalThis.consent());
    const { title } = await page.evaluate(() => globalThis.shown);
    await page.evaluate(() => globalThis.end());
    return title;
  };

  test("autofill has the backend verify the pick of a user", async (t) => {
    const page = await open(t);
    const verifications = [];
    page.on("response", (response) => {
      if (response.url().endsWith("/api/introspect")) verifications.push(response.json());
    });
    assert.equal(await pick(page), "Approved");
    // Of the registration, of the approval by the button, and of the pick.
    assert.deepEqual(
      (await Promise.all(verifications)).map(({ active }) => active),
      [true, true, true],
    );
  });

  test("autofill shows that the backend could not verify the pick", async (t) => {
    const page = await open(t);
    let introspections = 0;
    await page.route("**/api/introspect", (route) => {
      introspections += 1;
      // The first is that of the registration, the second that of the approval by the button.
      return introspections > 2 ? route.fulfill({ json: { active: false } }) : route.fallback();
    });
    assert.equal(await pick(page), "Not confirmed");
  });
});
