// The shop's own backend: it talks to the Authentication Cloud with the access key, which no page may hold.

const post = async (path, body) => {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
};

/** Starts a registration; what `register` takes. */
export const startRegistration = async (username) => (await post("/api/enroll", { username })).enrollment;

/** Starts an approval; what `authenticate` takes. */
export const startApproval = (username) => post("/api/approve", { username });

/** Lets the backend verify a transaction token by introspection. */
export const confirm = async (token) => {
  const { active } = await post("/api/introspect", { token });
  if (!active) throw new Error("The token is not valid.");
};
