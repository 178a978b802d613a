// The benchmark's page: functions that the scripts call by name, with arguments and results in JSON for every driver.

import { countCrossings, measureMemory } from "./boundary.mjs";
import { prepareCalls, timeCalls } from "./calls.mjs";

const functions = { prepareCalls, timeCalls, measureMemory, countCrossings };

globalThis.bench = async (name, values) => JSON.stringify(await functions[name](...JSON.parse(values)));
