import { expect, test } from "@playwright/test";
import { virtualAuthenticator } from "webauthn-result/testing";

test("creates a passkey and approves with it", async ({ page }) => {
  const authenticator = await virtualAuthenticator(page);
  await page.goto("/");
  await page.getByLabel("Name").fill(`customer-${Date.now()}`);
  await page.getByRole("button", { name: "Create a passkey" }).click();
  await expect(page.locator("output")).toContainText("Your passkey is ready");
  expect(await authenticator.credentials()).toHaveLength(1);

  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.locator("output")).toContainText("Approved");

  await authenticator.clearCredentials();
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.locator("output")).not.toContainText("Approved");
});
