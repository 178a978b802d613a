// Creates a passkey, and approves with it: with classic scripts only.

(() => {
  const { authenticate, configure, register } = nevis.auth.fido2;
  configure({ statusUrl: "/api/status", usernameless: true }); // an empty name is any passkey

  const post = async (path, body) => {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
    return response.json();
  };

  /** Has the backend verify a success. Asks again if the response was lost: the backend acts once. */
  const verify = async (body) => {
    for (let attempt = 1; ; attempt++)
      try {
        return (await post("/api/introspect", body)).active ? "verified" : "refused";
      } catch (error) {
        console.error(error);
        if (attempt === 3) return "unknown";
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
  };

  const PROBLEMS = {
    refused: "Our shop could not confirm it. Please try again.",
    unknown: "We don't know yet whether it worked. Please check before you try again.",
  };

  const username = document.querySelector("#username");
  const shown = document.querySelector("#outcome");
  let busy = false;

  const setBusy = (isBusy) => {
    busy = isBusy;
    for (const button of document.querySelectorAll("button")) button.ariaDisabled = String(isBusy);
  };

  /** Runs a ceremony, has the backend verify its success, and shows how it ended, also if the backend fails. */
  const settle = async (start, ceremony) => {
    // A second click would start a second transaction.
    if (busy) return;
    setBusy(true);
    shown.textContent = "One moment …";
    try {
      const transaction = await start();
      const { statusToken } = transaction;
      const { success, token, code, message } = await ceremony(transaction);
      if (!success) console.warn(code.statusCode, message);
      const problem = success && PROBLEMS[await verify({ token, statusToken })];
      shown.textContent = problem || code.message;
    } catch (error) {
      console.error(error);
      shown.textContent = "Our shop did not do that. Please try again in a moment.";
    } finally {
      setBusy(false);
    }
  };

  const startRegistration = async () => (await post("/api/enroll", { username: username.value })).enrollment;
  const startApproval = () => post("/api/approve", { username: username.value || undefined });

  document.querySelector("#create").addEventListener("click", () => settle(startRegistration, register));
  document.querySelector("#approve").addEventListener("click", () => settle(startApproval, authenticate));
})();
