// Options of other packages' types are accepted: those of SimpleWebAuthn, which its server package exports as well.

import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { CreationOptionsJSON, RequestOptionsJSON } from "webauthn-result";

export const request = (theirs: PublicKeyCredentialRequestOptionsJSON): RequestOptionsJSON => theirs;
export const creation = (theirs: PublicKeyCredentialCreationOptionsJSON): CreationOptionsJSON => theirs;
