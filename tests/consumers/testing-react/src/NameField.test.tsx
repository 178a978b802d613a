import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { StrictMode } from "react";
import { expect, test } from "vitest";
import { type FakeCloud, fakeCloud, fakePasskeys } from "webauthn-result/testing";
import { NameField } from "./NameField";

const shown = () => screen.getByRole("status").textContent;

/** Picks a passkey in the field. Resolves when the page shows the text. */
async function pick(introspect: object, text: string) {
  const paths: string[] = [];
  const passkeys = fakePasskeys();
  const cloud: FakeCloud = fakeCloud({
    backend: ({ url }) => {
      paths.push(url);
      return url === "/api/approve" ? cloud.approval({ userId: undefined }) : introspect;
    },
  }).install();
  try {
    render(<NameField />, { wrapper: StrictMode });
    await waitFor(() => expect(passkeys.prompts.filter(({ isOpen }) => isOpen)).toHaveLength(1), { timeout: 4000 });
    expect(passkeys.prompts.map(({ mediation }) => mediation)).toEqual(["conditional"]);
    passkeys.settle({ userHandle: "zoe" });
    await waitFor(() => expect(shown()).toContain(text), { timeout: 4000 });
  } finally {
    cleanup();
    cloud.restore();
    passkeys.restore();
  }
  return paths;
}

test("a passkey that is picked in the field is verified", async () => {
  expect(await pick({ active: true }, "Approved")).toEqual(["/api/approve", "/api/introspect"]);
});

test("the page shows that the backend could not verify it", async () => {
  await pick({ active: false }, "Our shop could not confirm it");
});

test("autofill ends with the component", async () => {
  const passkeys = fakePasskeys();
  const cloud: FakeCloud = fakeCloud({ backend: () => cloud.approval({ userId: undefined }) }).install();
  render(<NameField />);
  await waitFor(() => expect(passkeys.prompts).toHaveLength(1), { timeout: 4000 });
  cleanup();
  await waitFor(() => expect(passkeys.prompts[0].isOpen).toBe(false));
  cloud.restore();
  passkeys.restore();
});
