// Runs in the page: generates descriptions of values; see build.mjs.

import * as fc from "fast-check";

import { CALLBACKS, LEAVES } from "./build.mjs";
import { BUFFERS, SIGNALS } from "./kinds.mjs";
import { placesOf, valid } from "./valid.mjs";

const leaf = fc.constantFrom(...Object.keys(LEAVES));

const MEMBERS = [
  ...new Set(Object.values(valid).flatMap((make) => placesOf(make()).map((path) => path.at(-1)))),
  ...["__proto__", "constructor", "toJSON", "then", "length", "toString", "get", "set", "value", "first", "panicAt"],
];
const memberName = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...MEMBERS) }, fc.string());

const TRAPS = Object.getOwnPropertyNames(Reflect).filter((name) => name !== "constructor");

/** These take tens of milliseconds each. */
const huge = fc.oneof(
  fc.record({ repeat: fc.constantFrom("A", "é", "\ud800", "AQID"), times: fc.constantFrom(1_000_000, 5_000_000) }),
  fc.record({
    item: fc.constantFrom(
      { json: { type: "public-key", id: "AAECAwQF", transports: ["internal"] } },
      { json: { type: "public-key", alg: -7 } },
      "base64url",
    ),
    times: fc.constant(100_000),
  }),
  fc.record({ depth: fc.constantFrom(10_000, 1_000_000), of: fc.constantFrom("arrays", "extensions", "prf") }),
);

const { value, member } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 12, arbitrary: leaf },
    { weight: 2, arbitrary: fc.record({ json: fc.jsonValue({ maxDepth: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ units: fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        items: fc.array(tie("value"), { maxLength: 3 }),
        as: fc.constantFrom("plain", "foreign", "frozen", "sparse", "proxied"),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        members: fc.array(fc.tuple(memberName, tie("member")), { maxLength: 4 }),
        as: fc.constantFrom("plain", "null", "foreign", "inherited", "frozen", "function"),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        proxied: tie("value"),
        traps: fc.array(
          fc.tuple(
            fc.constantFrom(...TRAPS),
            fc.oneof(tie("value"), fc.record({ throwing: tie("value") }), fc.constant("as the target")),
          ),
          { maxLength: 3 },
        ),
      }),
    },
  ),
  member: fc.oneof(
    { weight: 6, arbitrary: tie("value") },
    { weight: 1, arbitrary: fc.record({ changing: fc.array(tie("value"), { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ throwing: tie("value") }) },
    {
      weight: 1,
      arbitrary: fc.record({
        calling: fc.constantFrom("authenticate", "register", "cancel", "abort", "configure"),
        value: tie("value"),
      }),
    },
  ),
}));

export { member, value };

const rarely = (arbitrary, odds, rare) =>
  odds ? fc.oneof({ weight: odds, arbitrary }, { weight: 1, arbitrary: rare }) : arbitrary;

const names = (kinds) => fc.constantFrom(...Object.keys(kinds));
const at = (path, arbitrary) => fc.tuple(fc.constant(path), arbitrary);

/** Values for places where few of all kinds pass the first check. */
const LIKELY = {
  settings: [
    at(["signal"], names(SIGNALS)),
    at(["onProgress"], names(CALLBACKS)),
    at(["onExtensionResults"], names(CALLBACKS)),
    at(["onEnd"], names(CALLBACKS)),
    at(["finalizeTimeout"], fc.record({ json: fc.double({ min: 0, max: 2 ** 32, noNaN: true }) })),
    at(["mediation"], fc.constant({ json: "conditional" })),
    at(["usernameless"], fc.constant("true")),
  ],
  ownSettings: [
    at(["finalize"], names(CALLBACKS)),
    at(["status"], names(CALLBACKS)),
    at(["status"], fc.constant("undefined")),
    at(["finalizeTimeout"], fc.record({ json: fc.double({ min: 0, max: 2 ** 32, noNaN: true }) })),
  ],
  outcomeSettings: [
    at(["status"], names(CALLBACKS)),
    at(["status"], fc.constant("undefined")),
    at(["signal"], names(SIGNALS)),
    at(["wait"], fc.record({ json: fc.double({ min: 0, max: 100_000, noNaN: true }) })),
  ],
  transaction: [at(["ceremony"], fc.constant({ json: "registration" }))],
  method: [
    at(["signal"], names(SIGNALS)),
    at(["onProgress"], names(CALLBACKS)),
    at(["promptForCode"], names(CALLBACKS)),
    at(["timeout"], fc.record({ json: fc.double({ min: 0, max: 1000, noNaN: true }) })),
    at(["interval"], fc.record({ json: fc.double({ min: 0, max: 1000, noNaN: true }) })),
  ],
  credential: [
    at(["rawId"], names(BUFFERS)),
    ...["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].map((name) =>
      at(["response", name], names(BUFFERS)),
    ),
    at(["getClientExtensionResults"], names(CALLBACKS)),
  ],
};

/** Valid except for at most `most` places. `odds`: one huge value in so many; none for 0. */
export const nearly = (what, { most = 1, odds = 400 } = {}) => {
  const places = placesOf(valid[what]());
  const changed = rarely(
    fc.oneof({ weight: 9, arbitrary: member }, { weight: 1, arbitrary: fc.constant({ gone: true }) }),
    odds,
    huge,
  );
  return fc.record({
    valid: fc.constant(what),
    changes: fc.array(
      fc.oneof(
        { weight: LIKELY[what]?.length ?? 1, arbitrary: fc.tuple(fc.constantFrom(...places), changed) },
        ...(LIKELY[what] ?? []).map((arbitrary) => ({ weight: 1, arbitrary })),
      ),
      { maxLength: most },
    ),
  });
};

/** Mostly nearly valid, because everything else fails the first check. */
export const argument = (what, options) =>
  fc.oneof({ weight: 5, arbitrary: nearly(what, options) }, { weight: 1, arbitrary: value });
