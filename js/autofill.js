// The entry `webauthn-result/autofill`: autofill with the functions of `webauthn-result`, of the instance that the page uses.

import { createAutofill } from "./create-autofill.js";
import { authenticate, support } from "./index.js";

export const autofill = createAutofill({ authenticate, support });
