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

const CLIENT = "harbour-and-pine";

/** Calls AuthSec as the shop's client. Resolves to the response's body. */
export const askAuthSec = async ({ baseUrl, clients }, path, body) => {
  const response = await fetch(baseUrl + path, {
    method: "POST",
    headers: {
      Authorization: `Basic ${Buffer.from(`${CLIENT}:${clients[CLIENT]}`).toString("base64")}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(body),
  });
  return response.json();
};

/** Sends a request to the phone of `email`. Resolves to its ID. */
export const sendRequest = async (cloud, email, bindingMessage) => {
  const body = { client_id: CLIENT, email, binding_message: bindingMessage };
  return (await askAuthSec(cloud, "/authsec/uflow/auth/workspace/ciba/initiate", body)).auth_req_id;
};
