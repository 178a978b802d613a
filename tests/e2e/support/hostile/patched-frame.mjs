// Runs in a frame whose globals may be patched: loads the package, and passes it to the parent page.

import { causeOf } from "/pkg/cause.js";
import { CIBAClient } from "/pkg/ciba.js";
import { createAutofill } from "/pkg/create-autofill.js";
import { explain } from "/pkg/explain.js";
import * as module from "/pkg/index.js";

parent.deliver({ module, CIBAClient, causeOf, createAutofill, explain });
