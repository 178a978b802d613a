// A user's phone in a second window: what it shows, and what the user does there.

/** Opens this user's phone in a new page of `context`, which is `tab`. */
export const openPhone = async (context, cloud, email) => {
  const tab = await context.newPage();
  await tab.goto(cloud.phoneOf(email));
  return { ...phoneOn(tab), tab };
};

/** A code that is wrong. */
export const otherThan = (code) => String((Number(code) + 1) % 1e6).padStart(6, "0");

/** The phone that `page` shows. */
export const phoneOn = (page) => {
  /** The request with this binding message; without an argument, the only request. */
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
