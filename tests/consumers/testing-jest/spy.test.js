const passkeys = require("webauthn-result");
const { results } = require("webauthn-result/testing");

afterEach(() => jest.restoreAllMocks());

test("a function of the package that a test replaces, and restores", async () => {
  const { authenticate } = passkeys;
  const spy = jest.spyOn(passkeys, "authenticate").mockResolvedValue(results.dismissed());
  expect(await passkeys.authenticate({ statusToken: "S" })).toEqual(results.dismissed());
  expect(spy).toHaveBeenCalledWith({ statusToken: "S" });
  spy.mockRestore();
  expect(passkeys.authenticate).toBe(authenticate);
});

test.each([
  ["webauthn-result/autofill", "autofill"],
  ["webauthn-result/create-autofill", "createAutofill"],
  ["webauthn-result/cause", "causeOf"],
  ["webauthn-result/explain", "explain"],
  ["webauthn-result/testing", "fakeCloud"],
  ["webauthn-result/ciba", "getUserFriendlyError"],
])("%s: %s", (entry, name) => {
  const spy = jest.spyOn(require(entry), name).mockReturnValue("replaced");
  expect(require(entry)[name]()).toBe("replaced");
  spy.mockRestore();
});
