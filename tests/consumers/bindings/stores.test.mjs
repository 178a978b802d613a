// The stores in components of Svelte, with the package itself, a fake cloud and fake passkeys.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { open, runWithoutComponent, until } from "./page.mjs";

const svelte = await import("svelte");
const { CIBAClient } = await import("webauthn-result/ciba");
const bindings = {
  ...(await import("webauthn-result/svelte")),
  ...(await import("webauthn-result/svelte/push")),
};
const { fakeAuthSec } = await import("webauthn-result/testing");
const { compileFor, isVersion4 } = await import("./svelte-component.mjs");
const { useApproval, useAutofill, useRegistration, usePush } = bindings;

const Page = await compileFor("client");

let installed;
let unmount;

beforeEach(() => {
  installed = [];
  unmount = undefined;
});

afterEach(async () => {
  await unmount?.();
  for (const fake of installed) fake.restore();
});

const openPage = (options) => {
  const page = open(options);
  installed.push(page);
  return page;
};

/** Mounts a component that has this store. Returns the store. */
const show = (use) => {
  let binding;
  const options = {
    target: document.querySelector("div"),
    props: {
      make: () => {
        binding = use();
        return binding;
      },
    },
  };
  if (isVersion4) {
    const page = new Page(options);
    unmount = () => page.$destroy();
  } else {
    const page = svelte.mount(Page, options);
    // `onMount` has run, as it has when somebody clicks.
    svelte.flushSync();
    unmount = () => svelte.unmount(page);
  }
  const once = unmount;
  unmount = () => {
    unmount = undefined;
    return once();
  };
  return binding;
};

const shown = () => document.querySelector("output")?.textContent.trim();
const shows = (text) => until(() => shown() === text, shown);

test("an approval and a registration go through their stages to a success", async () => {
  const { cloud } = openPage();
  for (const [useCeremony, transaction, cause] of [
    [useApproval, cloud.approval(), "approved"],
    [useRegistration, cloud.enrollment(), "registered"],
  ]) {
    const states = [];
    const binding = show(() => useCeremony(async (_signal, name) => states.push(name) && transaction));
    const remove = binding.subscribe(({ state }) => states.push(state));
    const end = await binding.run("zoe");
    remove();
    assert.equal(end.cause, cause);
    assert.equal(end.transaction, transaction);
    assert.deepEqual(states, ["idle", "starting", "zoe", "prompting", "finalizing", "done"]);
    await shows(`done ${cause}`);
    await unmount();
    assert.equal(shown(), undefined);
  }
});

test("without the component, `start` is aborted, and no prompt opens later", async () => {
  const { passkeys, cloud } = openPage();
  let signal;
  let settle;
  const { run } = show(() =>
    useApproval((given) => {
      signal = given;
      return new Promise((resolve) => {
        settle = resolve;
      });
    }),
  );
  const end = run();
  assert.equal(signal.aborted, false);
  await unmount();
  assert.equal(signal.aborted, true);
  settle(cloud.approval());
  assert.equal((await end).outcome, undefined);
  assert.deepEqual(passkeys.prompts, []);
});

test("without the component, an open prompt ends", async () => {
  const { passkeys, cloud } = openPage({ get: "never" });
  const { run } = show(() => useApproval(async () => cloud.approval()));
  const end = run();
  await until(() => passkeys.prompts.some(({ isOpen }) => isOpen));
  await shows("prompting");
  await unmount();
  assert.equal((await end).cause, "aborted");
  assert.equal(passkeys.prompts[0].isOpen, false);
});

test("without the component, a success after consent is not lost", async () => {
  const { cloud } = openPage();
  const binding = show(() => useApproval(async () => cloud.approval()));
  let state;
  binding.subscribe((values) => {
    state = values.state;
  });
  const end = binding.run();
  await until(() => state === "finalizing" || state === "done");
  await unmount();
  assert.equal((await end).outcome.success, true);
});

test("without the component, `run` begins nothing", () =>
  runWithoutComponent(bindings, async (use) => ({ binding: show(use), unmount })));

test("autofill waits for a pick, and ends with its result", async () => {
  const { passkeys, cloud } = openPage();
  const end = show(() => useAutofill(async () => cloud.approval())).run();
  await shows("prompting");
  assert.equal(passkeys.prompts[0].mediation, "conditional");
  passkeys.settle("ok");
  assert.equal((await end).cause, "approved");
});

test("without the component, autofill ends", async () => {
  const { passkeys, cloud } = openPage();
  const end = show(() => useAutofill(async () => cloud.approval())).run();
  await until(() => passkeys.prompts.some(({ isOpen }) => isOpen));
  await unmount();
  assert.equal((await end).cause, "aborted");
  assert.equal(passkeys.prompts[0].isOpen, false);
});

test("a push counts down, and ends with its result", async () => {
  installed.push(fakeAuthSec().install());
  const client = new CIBAClient({ clientId: "your_client_id" });
  const binding = show(() => usePush(client));
  const counts = [];
  binding.subscribe(({ secondsLeft }) => counts.push(secondsLeft));
  const { outcome } = await binding.run("user@example.com", { interval: 0.01 });
  assert.equal(outcome.success, true);
  assert.ok(counts.some((seconds) => seconds > 0));
  assert.equal(counts.at(-1), undefined);
});
