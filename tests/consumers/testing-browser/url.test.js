import { expect, test } from "vitest";
import { fakeCloud, fakePasskeys } from "webauthn-result/testing";
import { authenticate } from "webauthn-result/url";

test("an approval with webauthn-result/url", async () => {
  const passkeys = fakePasskeys();
  const cloud = fakeCloud().install();
  expect(await authenticate(cloud.approval())).toMatchObject({ success: true });
  cloud.restore();
  passkeys.restore();
});
