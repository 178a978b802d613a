// Creates a passkey, and approves with it: classic scripts only, as a page of ten years ago has them.

(() => {
  const post = async (path, body) => {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return answer.json();
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
