// Calls the shop's backend, which has the access key of the Authentication Cloud. The key must not reach a page.

const post = async (path, body) => {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return response.json();
};

/** Starts a registration. Resolves to the argument of `register`. */
export const startRegistration = async (username) => (await post("/api/enroll", { username })).enrollment;

/** Starts an approval. Resolves to the argument of `authenticate`. */
export const startApproval = (username) => post("/api/approve", { username });

/** Has the backend verify a transaction token. */
export const confirm = async (token) => {
  const { active } = await post("/api/introspect", { token });
  if (!active) throw new Error("The token is not valid.");
};
