// Options of other packages' types are accepted: the DOM's, where TypeScript has them.

import type { CreationOptionsJSON, ExtensionInputsJSON, RequestOptionsJSON } from "webauthn-result";

export const extensions = (theirs: AuthenticationExtensionsClientInputsJSON): ExtensionInputsJSON => theirs;
export const request = (theirs: PublicKeyCredentialRequestOptionsJSON): RequestOptionsJSON => theirs;
export const creation = (theirs: PublicKeyCredentialCreationOptionsJSON): CreationOptionsJSON => theirs;

// The other way around, `null` and buffers are more than the DOM has.
// @ts-expect-error `null` counts as absent here only
export const back = (ours: RequestOptionsJSON): PublicKeyCredentialRequestOptionsJSON => ours;
