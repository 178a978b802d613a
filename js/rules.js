// The rules of src/arguments/rules.rs, for js/read.js: a rule is [number, inner], a member [name, rule, 1 where an empty one
// is left out]. What a call brings along, by its ceremony; then what the cloud answers.
//
// Written by `UPDATE=1 cargo nextest run javascript_reads_by_the_rules`.

/** @type {import("./read.js").Rule[]} */
// biome-ignore format: nobody writes it
export const RULES = [
  [9,[["options",[9,[["credentialRequestOptions",[9,[["challenge",[1]],["timeout",[2]],["rpId",[0],1],["allowCredentials",[8,[9,[["type",[0]],["id",[1]],["transports",[8,[0]]]]]],1],["userVerification",[0]],["hints",[8,[0]]],["extensions",[10,[["prf",[10,[["eval",[10,[["first",[1]],["second",[1]]]]],["evalByCredential",[11,[10,[["first",[1]],["second",[1]]]]]]]]],["largeBlob",[10,[["write",[1]]]]]]]],["errorMessage",[7]],["status",[7]]]]],["userId",[6]],["statusToken",[6]],["authenticatorName",[6]]]]],["settings",[9,[["usernameless",[0]],["mediation",[5]],["baseUrl",[4]],["signal",[3]],["finalizeTimeout",[0]],["onProgress",[0]],["onExtensionResults",[0]]]]]]],
  [9,[["options",[9,[["credentialCreationOptions",[9,[["rp",[9,[["name",[0]],["id",[0],1]]]],["user",[9,[["id",[1]],["name",[0]],["displayName",[0]]]]],["challenge",[1]],["pubKeyCredParams",[8,[9,[["type",[0]],["alg",[0]]]]]],["timeout",[2]],["excludeCredentials",[8,[9,[["type",[0]],["id",[1]],["transports",[8,[0]]]]]],1],["authenticatorSelection",[9,[["authenticatorAttachment",[0]],["residentKey",[0]],["requireResidentKey",[0]],["userVerification",[0]]]]],["attestation",[0]],["attestationFormats",[8,[0]]],["hints",[8,[0]]],["extensions",[10,[["prf",[10,[["eval",[10,[["first",[1]],["second",[1]]]]],["evalByCredential",[11,[10,[["first",[1]],["second",[1]]]]]]]]],["largeBlob",[10,[["write",[1]]]]]]]],["errorMessage",[7]],["status",[7]]]]],["userId",[6]],["statusToken",[6]],["authenticatorName",[6]]]]],["settings",[9,[["usernameless",[0]],["mediation",[5]],["baseUrl",[4]],["signal",[3]],["finalizeTimeout",[0]],["onProgress",[0]],["onExtensionResults",[0]]]]]]],
  [9,[["status",[7]],["errorMessage",[7]],["message",[7]],["error",[7]],["token",[7]]]],
];
