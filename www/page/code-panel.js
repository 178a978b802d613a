// The cases of every result code: a row with a button for each, and a button that runs all.

import { announce } from "./announce.js";
import * as caseRun from "./case-run.js";
import { authentication, MEANINGS, registration } from "./code-cases.js";
import { createRowView } from "./code-row.js";
import { element } from "./element.js";
import { recall, remember } from "./remembered.js";

const USER = "panel-user";
const { ceremony, asks, how } = registration.find(({ code }) => code === "success-registration");
/** Registers the panel's user, for the cases that need an existing passkey. */
const firstRegistration = { ceremony, asks, how, id: "panel-user", title: "First, a passkey for the cases" };

/** Creates the panel. `perform` and `isBusy` are those of `createJourneys`. Calls `onChange` after each case. */
export function createCodePanel({ perform, isBusy, onChange }) {
  const byId = (id) => document.getElementById(id);
  const runAll = byId("run-all");
  const summary = byId("run-summary");
  const rows = [];
  /** The groups of rows with the same code, in the order of the tables. */
  const groups = [];
  let running = false;
  let stopping = false;

  for (const [name, table] of [
    ["authenticate", authentication],
    ["register", registration],
  ])
    byId("codes").append(createSection(name, table));

  function createSection(name, table) {
    const id = `codes-${name}`;
    const section = element("section", { class: "table", "aria-labelledby": id }, element("h2", { id }, `${name}()`));
    let code;
    for (const row of table) {
      if (row.code !== code) {
        code = row.code;
        const list = element("ul", { "aria-label": `Expected: ${code}` });
        const heading = element("h3", {}, element("code", {}, code), element("span", {}, MEANINGS[code]));
        const group = element("div", { class: "group card", "data-code": code }, heading, list);
        groups.push({ group, list, rows: [] });
        section.append(group);
      }
      const view = createRowView(row);
      view.button.addEventListener("click", () => runOne(row, view));
      rows.push({ row, view });
      groups.at(-1).rows.push({ row, view });
      groups.at(-1).list.append(view.item);
    }
    return section;
  }

  const all = rows.filter(({ row }) => !row.byUser);
  byId("codes-note").textContent =
    `${rows.length} cases, all run for real in this browser. Run all runs ${all.length} of them and asks for a passkey about ` +
    `${all.filter(({ row }) => row.asks).length} times. The passkeys it creates are called “panel-…”.`;
  summarize("idle", "Nothing has run yet. What each case returned appears beside it.");

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
    let done = 0;
    let matches = 0;
    announce(`Running ${all.length} cases.`);
    try {
      for (const { row, view } of all) {
        if (stopping) break;
        summarize("running", `${done} of ${all.length} run, ${matches} as expected.`);
        matches += (await run(row, view, { isCancellable: false })) ? 1 : 0;
        done += 1;
        onChange();
      }
    } finally {
      running = false;
      runAll.textContent = "Run all";
      runAll.removeAttribute("aria-disabled");
    }
    const complete = matches === all.length;
    const state = matches < done ? "mismatch" : complete ? "match" : "stopped";
    const text = `${done} of ${all.length} run, ${matches} as expected.${complete ? " Every code occurred." : ""}`;
    summarize(state, text);
    // Only the start and the end, not each case.
    announce(text);
  }

  function summarize(state, text) {
    summary.dataset.state = state;
    summary.textContent = text;
  }

  async function runOne(row, view) {
    if (running || isBusy()) return;
    announce("");
    await run(row, view, { button: view.button, label: "Running…" });
    announce(view.spoken());
    const states = rows.map((each) => each.view.item.dataset.state);
    const [matches, mismatches] = ["match", "mismatch"].map((state) => states.filter((each) => each === state).length);
    summarize("stopped", `${matches + mismatches} of ${rows.length} run, ${matches} as expected.`);
    onChange();
  }

  /** Runs a case. Resolves to whether it returned the expected code. */
  async function run(row, view, /** @type {import("./waiting.js").Control} */ control) {
    view.running();
    const user = await panelUser(row, control);
    if (user.missing) return view.failed(user.missing);
    const journey = await performCase(row, user.name, control);
    if (!journey) return view.idle();
    if (!journey.result) return view.failed(journey.problem.message);
    const matches = view.settled(journey.result);
    // The authenticator may have lost the passkey that the page remembers. Register another one next time.
    if (!matches && row.asks && !row.byUser && journey.result.code.statusCode === "error-0001") remember(USER, "");
    return matches;
  }

  /** The panel's user. Registers a passkey first if the case needs one and there is none. */
  async function panelUser(row, control) {
    const needsPasskey = row.again || (row.asks && row.ceremony === "authenticate");
    if (needsPasskey && !recall(USER)) {
      const journey = await performCase(firstRegistration, undefined, control);
      if (!recall(USER))
        return {
          missing: `This case needs a passkey: ${journey?.result?.message ?? journey?.problem?.message ?? "another ceremony is running."}`,
        };
    }
    return { name: recall(USER) };
  }

  async function performCase(row, user, control) {
    let registered;
    const journey = await perform({
      source: row.id,
      control,
      waiting: row.byUser
        ? "Dismiss the browser's prompt."
        : `${row.title}. Confirm with your passkey if you are asked.`,
      name: row.ceremony,
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

  return groups;
}
