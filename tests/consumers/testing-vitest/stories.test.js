// The stories, without Storybook: it calls the same functions in the same order.

import { expect, test, vi } from "vitest";
import meta, * as stories from "./sign-in.stories.js";

const TEXTS = {
  Approved: "Welcome",
  Dismissed: "",
  PromptIsOpen: "",
  Refused: "Please start again.",
  OutcomeUnknown: "One moment, we are checking.",
};

test.each(Object.entries(TEXTS))("the story %s shows %j", async (name, text) => {
  const restore = await stories[name].beforeEach();
  const [button, output] = meta.render().children;
  button.click();
  if (name === "PromptIsOpen") await new Promise((resolve) => setTimeout(resolve, 50));
  else await vi.waitFor(() => expect(button.disabled).toBe(false), 3000);
  expect(output.textContent).toBe(text);
  expect(button.disabled).toBe(name === "PromptIsOpen");
  restore();
});
