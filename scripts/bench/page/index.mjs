// The page of the benchmark: what the scripts ask of it, by name, with JSON both ways, which every driver can carry.

import { countCrossings, measureMemory } from "./boundary.mjs";
import { prepareCalls, timeCalls } from "./calls.mjs";

const functions = { prepareCalls, timeCalls, measureMemory, countCrossings };

globalThis.bench = async (name, values) => JSON.stringify(await functions[name](...JSON.parse(values)));
