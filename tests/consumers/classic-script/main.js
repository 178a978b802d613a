// Creates a passkey, and approves with it: with classic scripts only.

(() => {
  const { authenticate, configure, register } = nevis.auth.fido2;
  configure({ statusUrl: "/api/status" });

  const post = async (path, body) => {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
    return response.json();
  };

  const username = document.querySelector("#username");
  const outcome = document.querySelector("#outcome");

  /** Runs a ceremony, has the backend verify its success, and shows how it ended, also if the backend fails. */
  const settle = async (start, ceremony) => {
    outcome.textContent = "";
    try {
      const transaction = await start();
      const { statusToken } = transaction;
      const { success, token, code } = await ceremony(transaction);
      const isVerified = success && (await post("/api/introspect", { token, statusToken })).active;
      outcome.textContent = success && !isVerified ? "Our shop could not confirm it." : code.message;
    } catch {
      outcome.textContent = "Our shop did not do that. Please try again in a moment.";
    }
  };

  const startRegistration = async () => (await post("/api/enroll", { username: username.value })).enrollment;
  const startApproval = () => post("/api/approve", { username: username.value });

  document.querySelector("#create").addEventListener("click", () => settle(startRegistration, register));
  document.querySelector("#approve").addEventListener("click", () => settle(startApproval, authenticate));
})();
