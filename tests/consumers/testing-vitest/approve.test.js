import { expect, test } from "vitest";
import { authenticate } from "webauthn-result";
import { fakeCloud, fakePasskeys } from "webauthn-result/testing";

test("an approval succeeds, although the cloud's first response is lost", async () => {
  const passkeys = fakePasskeys();
  const cloud = fakeCloud({ finalize: ["lost", 503] }).install();
  const result = await authenticate(cloud.approval());
  expect(result.success).toBe(true);
  cloud.restore();
  passkeys.restore();
});
