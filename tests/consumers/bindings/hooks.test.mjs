// The hooks in React under StrictMode, with the package itself, a fake cloud and fake passkeys.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { NO_END, open, runWithoutComponent, until } from "./page.mjs";

const { createElement, StrictMode, useEffect } = await import("react");
const { flushSync } = await import("react-dom");
const { createRoot } = await import("react-dom/client");
const { CIBAClient } = await import("webauthn-result/ciba");
const bindings = {
  ...(await import("webauthn-result/react")),
  ...(await import("webauthn-result/react/push")),
};
const { fakeAuthSec } = await import("webauthn-result/testing");
const { useApproval, useAutofill, useRegistration, usePush } = bindings;

let root;
let installed;
/** What the component had in each render, and the last of it. */
let renders;
const shown = () => renders.at(-1);

beforeEach(() => {
  root = createRoot(document.querySelector("div"));
  installed = [];
  renders = [];
  renderChild = undefined;
});

afterEach(() => {
  root.unmount();
  for (const fake of installed) fake.restore();
});

const install = (...fakes) => installed.push(...fakes);

let useHook;
/** Returns the child of the component. */
let renderChild;
let commits = 0;
const Page = () => {
  renders.push(useHook());
  useEffect(() => {
    commits++;
  });
  return renderChild?.(shown()) ?? null;
};

/** Renders a component that has this hook. */
const show = (hook) => {
  useHook = hook;
  const before = commits;
  root.render(createElement(StrictMode, null, createElement(Page)));
  // Its effects have run, also those that StrictMode repeats.
  return until(() => commits > before, shown);
};

const openPage = (options) => {
  const page = open(options);
  install(page);
  return page;
};

test("an approval and a registration go through their stages to a success", async () => {
  const { cloud } = openPage();
  for (const [useCeremony, transaction, cause] of [
    [useApproval, cloud.approval(), "approved"],
    [useRegistration, cloud.enrollment(), "registered"],
  ]) {
    renders = [];
    root.unmount();
    root = createRoot(document.querySelector("div"));
    // Later than React renders, so that it shows each state.
    await show(() => useCeremony(() => new Promise((resolve) => setTimeout(resolve, 20, transaction))));
    const { run, cancel } = shown();
    // React 18 drops what StrictMode renders first.
    renders = [shown()];
    const end = run();
    await until(() => shown().state === "done");
    assert.equal(shown().cause, cause);
    assert.equal((await end).outcome, shown().outcome);
    assert.ok((await end).transaction.statusToken);
    assert.ok(
      renders.every((each) => each.run === run && each.cancel === cancel),
      "the same in each render",
    );
    assert.ok(renders.some(({ state }) => state === "starting"));
  }
});

test("`run` uses the `start` of the last render, and passes its arguments on", async () => {
  const { cloud } = openPage();
  const seen = [];
  const showNamed = (name) =>
    show(() =>
      useApproval(async (_signal, ...values) => {
        seen.push(name, ...values);
        return cloud.approval();
      }),
    );
  await showNamed("first");
  const { run } = shown();
  await showNamed("second");
  run("zoe");
  await until(() => shown().state === "done");
  assert.deepEqual(seen, ["second", "zoe"]);
});

test("without the component, an open prompt ends", async () => {
  const { passkeys, cloud } = openPage({ get: "never" });
  await show(() => useApproval(async () => cloud.approval()));
  const end = shown().run();
  await until(() => passkeys.prompts.some(({ isOpen }) => isOpen));
  root.render(null);
  assert.equal((await end).cause, "aborted");
  assert.equal(passkeys.prompts[0].isOpen, false);
});

test("without the component, a success after consent is not lost", async () => {
  const { cloud } = openPage();
  await show(() => useApproval(async () => cloud.approval()));
  const end = shown().run();
  await until(() => shown().state === "finalizing" || shown().state === "done");
  root.render(null);
  assert.equal((await end).outcome.success, true);
});

test("without the component, `run` begins nothing", () =>
  runWithoutComponent(bindings, async (use) => {
    await show(use);
    return { binding: shown(), unmount: () => flushSync(() => root.render(null)) };
  }));

test("without the component, `run` begins nothing in the cleanup of an effect either", async () => {
  openPage();
  const calls = [];
  const ends = [];
  let isLeaving = false;
  await show(() => {
    const approval = useApproval(async () => calls.push("start"));
    const { run } = approval;
    useEffect(
      () => () => {
        if (isLeaving) ends.push(run());
      },
      [run],
    );
    return approval;
  });
  isLeaving = true;
  root.render(null);
  await until(() => ends.length === 1);
  assert.deepEqual(await ends[0], NO_END);
  assert.deepEqual(calls, []);
});

test("a child's effect may call `run`, also the one that StrictMode repeats", async () => {
  const { passkeys, cloud } = openPage({ get: "never" });
  const Child = ({ run }) => {
    useEffect(() => {
      run();
    }, [run]);
    return null;
  };
  renderChild = ({ run }) => createElement(Child, { run });
  await show(() => useApproval(async () => cloud.approval()));
  await until(() => shown().state === "prompting");
  await until(() => passkeys.prompts.at(-1)?.isOpen);
});

test("autofill begins in an effect, and StrictMode leaves one request", async () => {
  const { passkeys, cloud } = openPage();
  const ends = [];
  await show(() => {
    const autofill = useAutofill(async () => cloud.approval());
    const { run } = autofill;
    useEffect(() => {
      run().then((end) => ends.push(end));
    }, [run]);
    return autofill;
  });
  await until(() => shown().state === "prompting");
  assert.deepEqual(
    passkeys.prompts.map(({ isOpen, mediation }) => [isOpen, mediation]),
    [[true, "conditional"]],
  );
  passkeys.settle("ok");
  await until(() => shown().state === "done");
  assert.equal(shown().cause, "approved");
  assert.deepEqual(
    ends.map(({ cause }) => cause),
    [undefined, "approved"],
  );
});

test("a push counts down, and ends with its result", async () => {
  install(fakeAuthSec().install());
  const client = new CIBAClient({ clientId: "your_client_id" });
  await show(() => usePush(client));
  const end = shown().run("user@example.com", { interval: 0.01 });
  await until(() => shown().state === "done");
  assert.equal(shown().cause, "approved");
  assert.equal((await end).outcome.success, true);
  assert.ok(renders.some(({ state, secondsLeft }) => state === "prompting" && secondsLeft > 0));
  assert.equal(shown().secondsLeft, undefined);
});
