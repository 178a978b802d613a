// The fault matrix: every fault in every setting, and the expected result by the rules of the documentation.

import { always, status, times } from "../support/faults.mjs";
import { CEREMONIES, names } from "../support/result-table.mjs";
import { FAULTS } from "./faults.mjs";

const PENDING = status("pending");

/** The faults of the status endpoint, by name; after them it is correct. */
export const STATUS = {
  up: [],
  failing: always(status("http", { status: 503 })),
  "pending, then true": [PENDING],
  "pending twice, then true": times(2, PENDING),
};

/** How many attempts have the fault. */
export const ATTEMPTS = [1, 2];

/**
 * The expected results:
 *
 * - `succeeded`: the success code, and the token;
 * - `refused`: `error-0002` or `error-1002`, and that the cloud rejected;
 * - `unknown`: the same code, and that the outcome is unknown.
 */
export const OUTCOMES = ["succeeded", "refused", "unknown"];

/** The documented rules, one by one. */
const outcomeOf = ({ fault, attempts, status }) => {
  if (fault.answer === "accepted") return "succeeded";
  if (fault.answer === "refused") {
    // The rejection is final.
    if (!fault.accepted) return "refused";
    // A second copy was rejected. After a rejection the status is queried three times, and `succeeded` wins. Otherwise the page
    // cannot distinguish this from any other rejection.
    return status === "failing" ? "refused" : "succeeded";
  }
  // The assertion is sent again until the cloud decides. If it has accepted a copy whose response was lost, it rejects every
  // further one, and only the status can tell.
  if (fault.accepted && status === "failing") return "unknown";
  // Two absences use the budget up; then one last query is sent.
  if (fault.absent && attempts === 2 && status === "pending twice, then true") return "unknown";
  return "succeeded";
};

const codeOf = (ceremony, outcome) =>
  outcome === "succeeded" ? CEREMONIES[ceremony].success : `${CEREMONIES[ceremony].prefix}02`;

/** Whether the documented rules lose an approval: the cloud has accepted, but the page reports a rejection. */
const isLost = ({ fault, outcome }) => fault.accepted && outcome === "refused";

/** In milliseconds: short if the test waits for it, otherwise long enough for a busy machine. */
const finalizeTimeoutOf = ({ fault, outcome }) => {
  if (fault.late) return 3000;
  return outcome === "unknown" ? 1200 : 5000;
};

const cellOf = (axes) => {
  const outcome = outcomeOf(axes);
  const cell = { ...axes, outcome, code: codeOf(axes.ceremony, outcome) };
  return {
    ...cell,
    finalizeTimeout: finalizeTimeoutOf(cell),
    lost: isLost(cell),
    // A copy that comes before a late decision is accepted in place of the first.
    isRace: Boolean(axes.fault.late) && outcome === "unknown",
    title: `${axes.ceremony}: ${axes.fault.name}, ${axes.attempts === 1 ? "once" : "twice"}, status ${axes.status}`,
  };
};

const SETTINGS = ATTEMPTS.flatMap((attempts) => Object.keys(STATUS).map((status) => ({ attempts, status })));

/** Every cell. */
export const CELLS = FAULTS.flatMap((fault) =>
  names.flatMap((ceremony) => SETTINGS.map((setting) => cellOf({ fault, ceremony, ...setting }))),
);

/** Every fault once in each ceremony, cycling through the settings. */
export const SLICE = FAULTS.flatMap((fault, at) =>
  names.map((ceremony, turn) => cellOf({ fault, ceremony, ...SETTINGS[(at + 3 * turn) % SETTINGS.length] })),
);
