// Runs in a frame whose globals may be patched already: loads the package, and hands it to the page around.

import { CIBAClient } from "/pkg/ciba.js";
import { explain } from "/pkg/explain.js";
import * as module from "/pkg/index.js";

parent.deliver({ module, CIBAClient, explain });
