import { afterEach, expect, test, vi } from "vitest";
import { fakeCloud, fakePasskeys } from "webauthn-result/testing";
import { createSignIn } from "./sign-in.js";

const fakes = [];

/** The component, in a browser with these passkeys and with this cloud. */
function render(passkeys, cloud, settings) {
  const server = fakeCloud({
    ...cloud,
    backend: ({ url }) => (url === "/api/start-approval" ? server.approval() : undefined),
  });
  fakes.push(fakePasskeys(passkeys), server.install());
  const [button, output] = createSignIn(settings).children;
  return { button, output, prompts: fakes[0].prompts, requests: server.requests };
}

afterEach(() => {
  for (const fake of fakes.splice(0)) fake.restore();
  vi.useRealTimers();
});

test("a user who dismisses the prompt can try again", async () => {
  const { button, output, prompts } = render({ get: ["NotAllowedError", "ok"] });
  button.click();
  await vi.waitFor(() => expect(prompts[0]?.isOpen).toBe(false));
  await vi.waitFor(() => expect(button.disabled).toBe(false));
  expect(output.textContent).toBe("");
  button.click();
  await vi.waitFor(() => expect(output.textContent).toBe("Welcome"));
});

test("the button is disabled while the prompt is open", async () => {
  const { button, prompts } = render({ get: "never" });
  button.click();
  await vi.waitFor(() => expect(prompts).toHaveLength(1));
  expect(button.disabled).toBe(true);
});

test("a rejection says to start again", async () => {
  const { button, output, requests } = render({}, { finalize: { rejected: "The transaction has expired" } });
  button.click();
  await vi.waitFor(() => expect(output.textContent).toBe("Please start again."));
  expect(requests.map(({ path }) => path)).toEqual(["/_app/assertion/result", "/api/v1/status"]);
});

test("an outage of 20 seconds, in no time", async () => {
  vi.useFakeTimers();
  const { button, output } = render({}, { finalize: "unreachable", status: "unreachable" });
  button.click();
  await vi.advanceTimersByTimeAsync(25_000);
  // A framework may render a moment later.
  await vi.waitFor(() => expect(output.textContent).toBe("One moment, we are checking."));
});
