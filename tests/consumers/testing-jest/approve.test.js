const { authenticate } = require("webauthn-result");
const { fakeCloud, fakePasskeys, results } = require("webauthn-result/testing");

test("an approval that the cloud rejects", async () => {
  const passkeys = fakePasskeys();
  const cloud = fakeCloud({ finalize: { rejected: "The transaction has expired" } }).install();
  const result = await authenticate(cloud.approval());
  expect(result).toEqual(results.refused("The transaction has expired"));
  cloud.restore();
  passkeys.restore();
});
