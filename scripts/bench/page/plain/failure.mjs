// The documented codes, and the result object.

const CODES = {
  success: ["success-authentication", "Successfully authenticated with WebAuthn credential."],
  options: [
    "error-0000",
    "Invalid credentialRequestOptions. ServerPublicKeyCredentialGetOptionsResponse has to be valid.",
  ],
  prompt: ["error-0001", "Failed to authenticate with WebAuthn credential."],
  finalization: ["error-0002", "Error while finalizing the authentication on the server."],
  userId: ["error-0003", "Invalid userId. Cannot be null or undefined."],
  statusToken: ["error-0004", "Missing statusToken. Cannot be null or undefined."],
  support: ["error-0005", "WebAuthn is not supported by this browser."],
  unknown: ["error-0099", "Unknown error while authentication."],
};

/** Creates a result object, with the token on success, else with the message. */
export const createResult = (name, value) => {
  const [statusCode, message] = CODES[name];
  const success = name === "success";
  return { success, code: { statusCode, message }, [success ? "token" : "message"]: value };
};

/** Thrown to end the call with one of the codes. */
export class Failure extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

export const fail = (name, message) => {
  throw new Failure(name, message);
};
