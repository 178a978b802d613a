// The methods by the numbers that the module knows, and what each resolves to.

export const INITIATE = 0;
export const VERIFY = 1;
export const POLL = 2;
export const SAFE = 3;
export const RETRY = 4;
export const FALLBACK = 5;

/** With the request that the server has taken up, or the token; a server may say no more than that a code is right. */
export const succeeded = (method, request, token = null) =>
  [
    request,
    { success: true, token, remaining: 3 },
    { status: "approved", token },
    { success: true, token },
    token,
    token,
  ][method];

/** With a code and, where the module told it, how many wrong TOTP codes are left and whether it is a poll's status. */
export const failed = (method, error, remaining = 3, isStatus = false) => {
  const refused = { success: false, error };
  return [
    refused,
    { ...refused, remaining },
    isStatus ? { status: error } : { status: "error", error },
    refused,
    null,
    null,
  ][method];
};
