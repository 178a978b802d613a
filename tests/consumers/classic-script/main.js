// Creates a passkey, and approves with it: with classic scripts only.

(() => {
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

  const show = async (result) => {
    if (result.success) {
      const { active } = await post("/api/introspect", { token: result.token });
      if (!active) throw new Error("The token is not valid.");
    }
    outcome.textContent = result.code.message;
  };

  document.querySelector("#create").addEventListener("click", async () => {
    const { enrollment } = await post("/api/enroll", { username: username.value });
    await show(await nevis.auth.fido2.register(enrollment));
  });

  document.querySelector("#approve").addEventListener("click", async () => {
    const approval = await post("/api/approve", { username: username.value });
    await show(await nevis.auth.fido2.authenticate(approval));
  });
})();
