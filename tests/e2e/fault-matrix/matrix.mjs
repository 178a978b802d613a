// The fault matrix: every fault in every setting, and what the page must then be told, by a rule of the documentation.

import { always, status, times } from "../support/faults.mjs";
import { CEREMONIES, names } from "../support/result-table.mjs";
import { FAULTS } from "./faults.mjs";

const PENDING = status("pending");

/** How the status endpoint does meanwhile, as what it commits; afterwards it tells the truth. */
export const STATUS = {
  up: [],
  failing: always(status("http", { status: 503 })),
  "pending, then true": [PENDING],
  "pending twice, then true": times(2, PENDING),
};

/** How many attempts meet the fault. */
export const ATTEMPTS = [1, 2];

/**
 * What the page must be told:
 *
 * - `succeeded`: the success code, and the token;
 * - `refused`: `error-0002` or `error-1002`, and that the cloud refused;
 * - `unknown`: the same code, and that the outcome is unknown.
 */
export const OUTCOMES = ["succeeded", "refused", "unknown"];

/** The rule, sentence by sentence as the documentation has it. */
const outcomeOf = ({ fault, attempts, status }) => {
  // Accepted is 2xx, `ok` and a token.
  if (fault.answer === "accepted") return "succeeded";
  if (fault.answer === "refused") {
    // Refused, and so it is.
    if (!fault.accepted) return "refused";
    // A second copy was refused. After a refusal the status is asked once, and `succeeded` wins. Where it does not tell,
    // this looks like any refusal, which the page then gets.
    return status === "up" ? "succeeded" : "refused";
  }
  // Where nobody can say what the cloud decided, the message says so.
  if (status === "failing") return "unknown";
  // The recovery has `finalizeTimeout` in all, and a second absence is longer than that.
  if (fault.absent && attempts === 2) return "unknown";
  // `pending` means that it may be sent again. That copy is refused where the first was accepted in time, the status is
  // asked once after a refusal, and here it is behind a second time.
  if (fault.accepted && !fault.late && attempts === 1 && status === "pending twice, then true") return "unknown";
  // The status tells of the success; or it was sent again, at most twice, and the third attempt meets no fault.
  return "succeeded";
};

const codeOf = (ceremony, outcome) =>
  outcome === "succeeded" ? CEREMONIES[ceremony].success : `${CEREMONIES[ceremony].prefix}02`;

/** Where the documentation itself loses an approval: the cloud has accepted, and the page is told of a refusal. */
const isLost = ({ fault, outcome }) => fault.accepted && outcome === "refused";

/** Milliseconds: short where it has to pass, long where nothing but a busy machine would use it up. */
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
    title: `${axes.ceremony}: ${axes.fault.name}, ${axes.attempts === 1 ? "once" : "twice"}, status ${axes.status}`,
  };
};

const SETTINGS = ATTEMPTS.flatMap((attempts) => Object.keys(STATUS).map((status) => ({ attempts, status })));

/** Every cell. */
export const CELLS = FAULTS.flatMap((fault) =>
  names.flatMap((ceremony) => SETTINGS.map((setting) => cellOf({ fault, ceremony, ...setting }))),
);

/** Every fault once in each ceremony, with the settings taking turns. */
export const SLICE = FAULTS.flatMap((fault, at) =>
  names.map((ceremony, turn) => cellOf({ fault, ceremony, ...SETTINGS[(at + 3 * turn) % SETTINGS.length] })),
);
