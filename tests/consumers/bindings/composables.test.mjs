// The composables in Vue, with the package itself, a fake cloud and fake passkeys.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { open, runWithoutComponent, until } from "./page.mjs";

const { effectScope, isReadonly, watch } = await import("vue");
const { CIBAClient } = await import("webauthn-result/ciba");
const { fakeAuthSec } = await import("webauthn-result/testing");
const bindings = {
  ...(await import("webauthn-result/vue")),
  ...(await import("webauthn-result/vue/push")),
};
const { useApproval, useAutofill, useRegistration, usePush } = bindings;

let scope;
let installed;

beforeEach(() => {
  scope = effectScope();
  installed = [];
});

afterEach(() => {
  scope.stop();
  for (const fake of installed) fake.restore();
});

const openPage = (options) => {
  const page = open(options);
  installed.push(page);
  return page;
};

test("an approval and a registration go through their stages to a success", async () => {
  const { cloud } = openPage();
  for (const [useCeremony, transaction, cause] of [
    [useApproval, cloud.approval(), "approved"],
    [useRegistration, cloud.enrollment(), "registered"],
  ]) {
    const seen = [];
    const binding = scope.run(() => {
      const made = useCeremony(async (_signal, name) => seen.push(name) && transaction);
      watch(made.state, (state) => seen.push(state), { flush: "sync" });
      return made;
    });
    assert.ok(isReadonly(binding.state));
    const end = await binding.run("zoe");
    assert.equal(end.cause, cause);
    assert.equal(end.transaction, transaction);
    assert.equal(binding.outcome.value, end.outcome);
    assert.equal(binding.cause.value, cause);
    assert.deepEqual(seen, ["starting", "zoe", "prompting", "finalizing", "done"]);
  }
});

test("without the component, an open prompt ends", async () => {
  const { passkeys, cloud } = openPage({ get: "never" });
  const { run } = scope.run(() => useApproval(async () => cloud.approval()));
  const end = run();
  await until(() => passkeys.prompts.some(({ isOpen }) => isOpen));
  scope.stop();
  assert.equal((await end).cause, "aborted");
  assert.equal(passkeys.prompts[0].isOpen, false);
});

test("without the component, `run` begins nothing", () =>
  runWithoutComponent(bindings, async (use) => {
    const own = effectScope();
    return { binding: own.run(use), unmount: () => own.stop() };
  }));

test("autofill waits for a pick, and ends with its result", async () => {
  const { passkeys, cloud } = openPage();
  const { run, state } = scope.run(() => useAutofill(async () => cloud.approval()));
  const end = run();
  await until(() => state.value === "prompting");
  assert.equal(passkeys.prompts[0].mediation, "conditional");
  passkeys.settle("ok");
  assert.equal((await end).cause, "approved");
});

test("a push counts down, and ends with its result", async () => {
  installed.push(fakeAuthSec().install());
  const client = new CIBAClient({ clientId: "your_client_id" });
  const counts = [];
  const { run, state, secondsLeft } = scope.run(() => {
    const made = usePush(client);
    watch(made.secondsLeft, (seconds) => counts.push(seconds), { flush: "sync" });
    return made;
  });
  const { outcome } = await run("user@example.com");
  assert.equal(outcome.success, true);
  assert.equal(state.value, "done");
  assert.ok(counts[0] > 0);
  assert.equal(secondsLeft.value, undefined);
});
