import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authenticate } from "webauthn-result";
import { fakeCloud, fakePasskeys } from "webauthn-result/testing";

const cloud = fakeCloud({ finalize: "lost" });
const server = setupServer(
  http.post("*/api/start-approval", () => HttpResponse.json(cloud.approval())),
  ...cloud.handlers({ http, HttpResponse }),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

test("an approval whose response is lost is a success", async () => {
  const passkeys = fakePasskeys();
  const response = await fetch("https://shop.example/api/start-approval", { method: "POST" });
  const result = await authenticate(await response.json(), { baseUrl: "https://INSTANCE.mauth.nevis.cloud" });
  expect(result.token).toBe("fake-token");
  expect(cloud.requests.map(({ step }) => step)).toContain("succeeded");
  passkeys.restore();
});
