// The panel "Every result code": a row with a button for each case, and a button that runs all.

import * as caseRun from "./case-run.js";
import { authentication, registration } from "./code-cases.js";
import { element } from "./element.js";
import { recall, remember } from "./remembered.js";

const USER = "panel-user";
const MARKS = { idle: "", running: "…", match: "✓", mismatch: "✗" };
const STATE_TEXTS = { idle: "not run yet", running: "running", match: "as expected", mismatch: "not as expected" };
const { ceremony, asks } = registration.find(({ code }) => code === "success-registration");
/** Registers the panel's user, for the cases that need an existing passkey. */
const firstRegistration = { ceremony, asks, id: "panel-user", title: "First, a passkey for the panel" };

/** Creates the panel. `perform` and `isBusy` are those of `createJourneys`. */
export function createCodePanel({ perform, isBusy, autofill }) {
  const byId = (id) => document.getElementById(id);
  const runAll = byId("run-all");
  const summary = byId("run-summary");
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
      const view = createRowView(row);
      view.button.addEventListener("click", () => running || run(row, view));
      rows.push({ row, view });
      group.list.append(view.item);
    }
    byId("codes").append(section);
  }

  const all = rows.filter(({ row }) => !row.byUser);
  byId("codes-note").textContent =
    `${rows.length} cases, all run for real. Run all runs ${all.length} of them and asks for a passkey about ` +
    `${all.filter(({ row }) => row.asks).length} times. The passkeys it creates are called “panel-…”.`;

  runAll.addEventListener("click", () => {
    if (running) {
      stopping = true;
      runAll.setAttribute("aria-disabled", "true");
    } else if (!isBusy()) {
      runEvery();
    }
  });

  async function runEvery() {
    running = true;
    stopping = false;
    runAll.textContent = "Stop";
    for (const { view } of all) view.idle();
    // Once for all cases, not between them.
    await autofill.pause();
    let done = 0;
    let matches = 0;
    try {
      for (const { row, view } of all) {
        if (stopping) break;
        summarize("running", `${done} of ${all.length} run, ${matches} as expected.`, { announce: done === 0 });
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
    summarize(state, `${done} of ${all.length} run, ${matches} as expected.${complete ? " Every code occurred." : ""}`);
  }

  /** A screen reader announces the start and the end, but not each case. */
  function summarize(state, text, { announce = true } = {}) {
    summary.setAttribute("aria-live", announce ? "polite" : "off");
    summary.dataset.state = state;
    summary.textContent = text;
  }

  /** Runs a case. Resolves to whether it returned the expected code. */
  async function run(row, view, /** @type {{ announce?: boolean }} */ { announce } = {}) {
    view.running();
    const user = await panelUser(row, announce);
    if (user.missing) return view.failed(user.missing);
    const journey = await performCase(row, user.name, announce);
    if (!journey) return view.idle();
    if (!journey.result) return view.failed(journey.problem.message);
    const matches = view.settled(journey.result);
    // The authenticator may have lost the passkey that the page remembers. Register another one next time.
    if (!matches && row.asks && !row.byUser && journey.result.code.statusCode === "error-0001") remember(USER, "");
    return matches;
  }

  /** The panel's user. Registers a passkey first if the case needs one and there is none. */
  async function panelUser(row, announce) {
    const needsPasskey = row.again || (row.asks && row.ceremony === "authenticate");
    if (needsPasskey && !recall(USER)) {
      const journey = await performCase(firstRegistration, undefined, announce);
      if (!recall(USER))
        return {
          missing: `This case needs a passkey: ${journey?.result?.message ?? journey?.problem?.message ?? "another ceremony is running."}`,
        };
    }
    return { name: recall(USER) };
  }

  async function performCase(row, user, announce) {
    let registered;
    const journey = await perform({
      source: row.id,
      waiting: row.byUser
        ? "Dismiss the browser's prompt."
        : `${row.title}. Confirm with your passkey if you are asked.`,
      name: row.ceremony,
      announce,
      async begin() {
        const transaction = await caseRun.startTransaction(row, user);
        registered = transaction.username;
        return transaction;
      },
      call: (transaction, settings) => caseRun.callModule(row, transaction, settings),
    });
    if (journey?.result?.code.statusCode === "success-registration" && !recall(USER)) remember(USER, registered);
    return journey;
  }
}

/** Creates a row: the case, the expected code and the actual code. */
function createRowView({ id, code, title, how }) {
  const got = element("code", { class: "got" });
  const mark = element("span", { class: "mark", "aria-hidden": "true" });
  const stateText = element("span", { class: "hidden" });
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
    element("span", { class: "row-got" }, element("span", { class: "row-label" }, "got "), got, mark, stateText),
    button,
    message,
  );

  function setState(state, gotCode, text) {
    item.dataset.state = state;
    item.dataset.got = gotCode;
    got.textContent = gotCode;
    mark.textContent = MARKS[state];
    stateText.textContent = STATE_TEXTS[state];
    message.textContent = text;
    return state === "match";
  }

  const view = {
    item,
    button,
    idle: () => setState("idle", "", ""),
    running: () => setState("running", "", ""),
    failed: (text) => setState("mismatch", "", text),
    settled: (result) =>
      setState(result.code.statusCode === code ? "match" : "mismatch", result.code.statusCode, result.message ?? ""),
  };
  view.idle();
  return view;
}
