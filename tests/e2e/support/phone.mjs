// A person's phone in a second window: what it shows, and what the person does there.

/** The phone that `page` shows. */
export const phoneOn = (page) => {
  /** The request with these words; the only one where none are given. */
  const request = (words) => {
    const requests = page.getByTestId("request");
    return words === undefined ? requests : requests.filter({ hasText: words });
  };
  return {
    message: () => page.getByTestId("binding-message").textContent(),
    approve: (words) => request(words).getByTestId("approve").click(),
    deny: (words) => request(words).getByTestId("deny").click(),
    /** The TOTP code. */
    async code() {
      const code = page.getByTestId("totp-code");
      await code.filter({ hasText: /\d/ }).waitFor();
      return (await code.textContent()).replace(/\D/g, "");
    },
  };
};
