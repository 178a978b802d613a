import { expect, test } from "@playwright/test";

const TEXTS = {
  approved: "Welcome",
  dismissed: "",
  refused: "Please start again.",
  "outcome-unknown": "One moment, we are checking.",
};

for (const [story, text] of Object.entries(TEXTS))
  test(`the story ${story}`, async ({ page }) => {
    await page.goto(`/stories/iframe.html?id=sign-in--${story}&viewMode=story`);
    const button = page.getByRole("button", { name: "Sign in" });
    await button.click();
    await expect(button).toBeEnabled();
    await expect(page.locator("output")).toHaveText(text);
  });

test("the story of an open prompt", async ({ page }) => {
  await page.goto("/stories/iframe.html?id=sign-in--prompt-is-open&viewMode=story");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeDisabled();
});
