import { expect, test } from "vitest";
import { authenticate } from "webauthn-result";
import { fakeCloud, fakePasskeys } from "webauthn-result/testing";

test("both fakes end with the test", async () => {
  using _passkeys = fakePasskeys();
  using cloud = fakeCloud().install();
  const result = await authenticate(cloud.approval());
  expect(result.success).toBe(true);
});
