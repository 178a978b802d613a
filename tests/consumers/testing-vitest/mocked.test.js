import { expect, test, vi } from "vitest";
import { authenticate } from "webauthn-result";
import { results } from "webauthn-result/testing";
import { textFor } from "./text.js";

vi.mock("webauthn-result", () => ({ authenticate: vi.fn() }));

test("the text for a device without WebAuthn", async () => {
  vi.mocked(authenticate).mockResolvedValue(results.noWebAuthn());
  expect(textFor(await authenticate())).toBe("Please sign in with a code.");
});
