import { expect, test, vi } from "vitest";
import { authenticate } from "webauthn-result";
import { fakeCloud, fakePasskeys, results } from "webauthn-result/testing";

test("autofill waits until the user picks a passkey", async () => {
  const passkeys = fakePasskeys();
  const cloud = fakeCloud().install();
  const result = authenticate(cloud.approval(), { mediation: "conditional" });
  await vi.waitFor(() => expect(passkeys.prompts).toHaveLength(1));
  expect(passkeys.prompts[0].mediation).toBe("conditional");
  passkeys.settle({ userHandle: "zoe" });
  expect(await result).toEqual(results.approved());
  cloud.restore();
  passkeys.restore();
});
