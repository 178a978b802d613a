// `webauthn-result/create-autofill`: autofill for pages that use another entry than `webauthn-result`.

import type { AutofillHandle, AutofillHandlers, AutofillSettings } from "./autofill.cjs";
import type { Approval, AuthenticationResult, Settings, Support } from "./index.cjs";

/**
 * Returns `autofill` of `webauthn-result/autofill` with these functions: for pages that use `webauthn-result/url` or the
 * classic script, whose module would otherwise be loaded a second time.
 *
 * @param functions those of the entry that the page uses, or the global `webauthnResult`
 *
 * @example
 * import { authenticate, support } from "webauthn-result/url";
 * import { createAutofill } from "webauthn-result/create-autofill";
 *
 * const autofill = createAutofill({ authenticate, support });
 */
export declare function createAutofill(functions: {
  authenticate: (approval: Approval, settings?: Settings) => Promise<AuthenticationResult>;
  support: () => Promise<Support>;
}): (
  startApproval: (signal: AbortSignal) => Promise<Approval>,
  handlers: AutofillHandlers,
  settings?: AutofillSettings,
) => AutofillHandle;
