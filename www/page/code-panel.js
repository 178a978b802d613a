// The panel "Every result code": one row and one button for each case, and a run through all of them.

import * as caseRun from "./case-run.js";
import { authentication, registration } from "./code-cases.js";
import { element } from "./element.js";
import { recall, remember } from "./remembered.js";

const USER = "panel-user";
const MARKS = { idle: "", running: "…", match: "✓", mismatch: "✗" };
const SPOKEN = { idle: "not run yet", running: "running", match: "as expected", mismatch: "not as expected" };
const { ceremony, asks } = registration.find(({ code }) => code === "success-registration");
/** Gives the panel its user, for the cases that need a passkey that is there already. */
const enrolment = { ceremony, asks, id: "panel-user", title: "First a passkey for the panel" };

/** Builds the panel; `perform` and `isBusy` are those of the journeys. */
export function createCodePanel({ perform, isBusy, autofill }) {
  const at = (id) => document.getElementById(id);
  const runAll = at("run-all");
  const summary = at("run-summary");
  const rows = [];
  let running = false;
  let stopping = false;

  for (const [ceremony, table] of [
    ["authenticate", authentication],
    ["register", registration],
  ]) {
    const id = `codes-${ceremony}`;
    const section = element("section", { "aria-labelledby": id }, element("h3", { id }, `${ceremony}()`));
    let group;
    for (const row of table) {
      if (row.code !== group?.code) {
        group = { code: row.code, list: element("ul", { class: "rows", "aria-label": `Expected: ${row.code}` }) };
        section.append(
          element("h4", {}, element("span", { class: "row-label" }, "expected "), element("code", {}, row.code)),
          group.list,
        );
      }
      const view = rowView(row);
      view.button.addEventListener("click", () => running || run(row, view));
      rows.push({ row, view });
      group.list.append(view.item);
    }
    at("codes").append(section);
  }

  const all = rows.filter(({ row }) => !row.byPerson);
  at("codes-note").textContent =
    `${rows.length} cases, each carried out for real. Run all takes ${all.length} of them and asks for a passkey about ` +
    `${all.filter(({ row }) => row.asks).length} times; the passkeys it makes are called “panel-…”.`;

  runAll.addEventListener("click", () => {
    if (running) {
      stopping = true;
      runAll.setAttribute("aria-disabled", "true");
    } else if (!isBusy()) {
      runThrough();
    }
  });

  async function runThrough() {
    running = true;
    stopping = false;
    runAll.textContent = "Stop";
    for (const { view } of all) view.idle();
    // Once for all of them, not between one and the next.
    await autofill.pause();
    let done = 0;
    let matches = 0;
    try {
      for (const { row, view } of all) {
        if (stopping) break;
        summarize("running", `${done} of ${all.length} run, ${matches} as expected.`, { spoken: done === 0 });
        matches += (await run(row, view, { announce: false })) ? 1 : 0;
        done += 1;
      }
    } finally {
      running = false;
      runAll.textContent = "Run all";
      runAll.removeAttribute("aria-disabled");
      autofill.resume();
    }
    const complete = matches === all.length;
    const state = matches < done ? "mismatch" : complete ? "match" : "stopped";
    summarize(state, `${done} of ${all.length} run, ${matches} as expected.${complete ? " Every code was seen." : ""}`);
  }

  /** A screen reader is told of the start and of the end, not of each case between. */
  function summarize(state, text, { spoken = true } = {}) {
    summary.setAttribute("aria-live", spoken ? "polite" : "off");
    summary.dataset.state = state;
    summary.textContent = text;
  }

  /** Carries a case out; true if the expected code came. */
  async function run(row, view, /** @type {{ announce?: boolean }} */ { announce } = {}) {
    view.running();
    const user = await panelUser(row, announce);
    if (user.missing) return view.failed(user.missing);
    const journey = await take(row, user.name, announce);
    if (!journey) return view.idle();
    if (!journey.result) return view.failed(journey.problem.message);
    const matches = view.settled(journey.result);
    // The authenticator may have lost the passkey that the page remembers: enrol another one next time.
    if (!matches && row.asks && !row.byPerson && journey.result.code.statusCode === "error-0001") remember(USER, "");
    return matches;
  }

  /** The user of the panel, with a passkey made first where the case needs one and there is none. */
  async function panelUser(row, announce) {
    const needed = row.again || (row.asks && row.ceremony === "authenticate");
    if (needed && !recall(USER)) {
      const journey = await take(enrolment, undefined, announce);
      if (!recall(USER))
        return {
          missing: `No passkey to do it with: ${journey?.result?.message ?? journey?.problem?.message ?? "another ceremony is under way."}`,
        };
    }
    return { name: recall(USER) };
  }

  async function take(row, user, announce) {
    let registered;
    const journey = await perform({
      source: row.id,
      waiting: row.byPerson
        ? "Say no in the browser's prompt."
        : `${row.title}. Confirm with your passkey if you are asked.`,
      name: row.ceremony,
      announce,
      async begin() {
        const transaction = await caseRun.begin(row, user);
        registered = transaction.username;
        return transaction;
      },
      call: (transaction, settings) => caseRun.call(row, transaction, settings),
    });
    if (journey?.result?.code.statusCode === "success-registration" && !recall(USER)) remember(USER, registered);
    return journey;
  }
}

/** One row: what it does, what is expected, what came. */
function rowView({ id, code, title, how }) {
  const got = element("code", { class: "got" });
  const mark = element("span", { class: "mark", "aria-hidden": "true" });
  const spoken = element("span", { class: "hidden" });
  const message = element("p", { class: "row-message" });
  const button = element(
    "button",
    {
      type: "button",
      class: "quiet",
      "data-testid": `code-${id}`,
      "data-starts": "",
      "aria-label": `Run ${code}: ${title}`,
    },
    "Run",
  );
  const item = element(
    "li",
    { class: "row", "data-testid": `row-${id}`, "data-expected": code },
    element("div", { class: "row-what" }, element("strong", {}, title), element("p", { class: "row-how" }, how)),
    element("span", { class: "row-got" }, element("span", { class: "row-label" }, "got "), got, mark, spoken),
    button,
    message,
  );

  function become(state, gotCode, text) {
    item.dataset.state = state;
    item.dataset.got = gotCode;
    got.textContent = gotCode;
    mark.textContent = MARKS[state];
    spoken.textContent = SPOKEN[state];
    message.textContent = text;
    return state === "match";
  }

  const view = {
    item,
    button,
    idle: () => become("idle", "", ""),
    running: () => become("running", "", ""),
    failed: (text) => become("mismatch", "", text),
    settled: (result) =>
      become(result.code.statusCode === code ? "match" : "mismatch", result.code.statusCode, result.message ?? ""),
  };
  view.idle();
  return view;
}
