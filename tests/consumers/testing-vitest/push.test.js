import { expect, test } from "vitest";
import { CIBAClient } from "webauthn-result/ciba";
import { fakeAuthSec } from "webauthn-result/testing";

test("an approval on the phone, at the third poll", async () => {
  const server = fakeAuthSec({ poll: ["pending", "pending", "approved"] }).install();
  const result = await new CIBAClient({ clientId: "shop" }).safeAuthenticate("zoe@example.com");
  expect(result.success).toBe(true);
  expect(server.requests.map(({ kind }) => kind)).toEqual(["initiate", "poll", "poll", "poll"]);
  server.restore();
});
