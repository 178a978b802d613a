import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { configure } from "webauthn-result";
import {
  type FakeCloud,
  type FakeCloudOptions,
  type FakePasskeysOptions,
  fakeCloud,
  fakePasskeys,
} from "webauthn-result/testing";
import { Passkeys } from "./Passkeys";

const fakes: { restore(): void }[] = [];

// The settings that this test needs: nothing runs main.tsx.
beforeEach(() => configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud", statusUrl: "/api/status" }));

afterEach(() => {
  cleanup();
  for (const fake of fakes.splice(0)) fake.restore();
  vi.useRealTimers();
});

/** Clicks "Approve", in a browser with these passkeys, with this cloud, and with these responses of the backend. */
function approve(passkeys: FakePasskeysOptions, cloud: FakeCloudOptions, backend: Record<string, object> = {}) {
  const server: FakeCloud = fakeCloud({
    statusUrl: "/api/status",
    ...cloud,
    backend: ({ url }) => {
      if (backend[url]) return backend[url];
      if (url === "/api/approve") return server.approval();
      if (url === "/api/introspect") return { active: true };
    },
  });
  fakes.push(fakePasskeys(passkeys), server.install());
  render(<Passkeys />);
  fireEvent.change(screen.getByLabelText("Name"), { target: { value: "zoe" } });
  fireEvent.click(screen.getByRole("button", { name: "Approve" }));
}

const shown = () => screen.getByRole("status").textContent;
const shows = (text: string) => waitFor(() => expect(shown()).toContain(text), { timeout: 4000 });

test("approved", async () => {
  approve({}, { finalize: "lost" });
  await shows("Approved");
});

test("dismissed", async () => {
  approve({ get: "NotAllowedError" }, {});
  await shows("Not confirmed");
});

test("refused", async () => {
  approve({}, { finalize: { rejected: "The transaction has expired" } });
  await shows("Not accepted");
});

test("outcome unknown, after an outage of 20 seconds, in no time", async () => {
  vi.useFakeTimers();
  approve({}, { finalize: "unreachable", status: "unreachable" });
  await act(() => vi.advanceTimersByTimeAsync(25_000));
  expect(shown()).toContain("We do not know yet");
});

test("the backend fails", async () => {
  approve({}, {}, { "/api/approve": Response.json({ error: "internal_error" }, { status: 500 }) });
  await shows("Our shop did not respond");
});

test("the backend finds that it was not approved", async () => {
  approve({}, {}, { "/api/introspect": { active: false } });
  await shows("Our shop could not confirm it");
});
