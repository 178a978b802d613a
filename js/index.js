// The entry `webauthn-result`: the module travels inside.

import compile from "#module";
import { createApi } from "./api.js";

export const { authenticate, register, outcome, cancel, configure, ready, support } = createApi(compile);
