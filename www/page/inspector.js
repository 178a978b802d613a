// The inspector beside the page: the last result, the code that produced it, its timeline, and what the server learned.

import { support } from "/pkg/index.js";
import { createCodeView } from "./code-view.js";
import { element } from "./element.js";
import { recall, remember } from "./remembered.js";
import { createResultView } from "./result-view.js";
import { createServerView } from "./server-view.js";
import { createStepsView } from "./steps-view.js";
import { createTabs } from "./tabs.js";

const TABS = [
  { id: "result", text: "Result" },
  { id: "code", text: "Code" },
  { id: "timeline", text: "Timeline" },
  { id: "server", text: "Server" },
];

/** `key` remembers whether the user closed it; `isOpen` is for the first visit. */
export function createInspector({ key, isOpen }) {
  const byId = (id) => document.getElementById(id);
  const toggle = byId("inspector-toggle");
  const call = element("p", { class: "call", hidden: "" });
  const tabs = createTabs("Inspector", TABS);
  const features = element("ul", { class: "support", "data-testid": "support", "aria-label": "This browser supports" });
  byId("inspector").replaceChildren(
    element("div", { class: "inspector-head" }, element("h2", { id: "inspector-title" }, "Inspector"), call),
    tabs.list,
    ...tabs.panels,
    features,
  );

  function setOpen(open) {
    toggle.setAttribute("aria-expanded", String(open));
    byId("inspector").hidden = !open;
    byId("frame").dataset.inspector = open ? "open" : "closed";
  }

  toggle.addEventListener("click", () => {
    const open = byId("inspector").hidden;
    setOpen(open);
    // On a phone it is below the page.
    if (open) byId("inspector").scrollIntoView({ block: "nearest" });
    remember(key, open ? "open" : "closed");
  });
  document.querySelector('.skip[href="#inspector"]')?.addEventListener("click", () => setOpen(true));
  setOpen((recall(key) || (isOpen ? "open" : "closed")) === "open");

  const [resultPanel, codePanel, timelinePanel, serverPanel] = tabs.panels;
  const [resultView, codeView] = [createResultView(resultPanel), createCodeView(codePanel)];
  const [stepsView, serverView] = [createStepsView(timelinePanel), createServerView(serverPanel)];

  return {
    stepsView,
    /** Shows the code of a call. */
    code: codeView.show,
    /** The claims of a token. */
    introspected: serverView.show,
    problem: resultView.problem,

    /** A call of the function `name` begins. */
    waiting(source, text, name) {
      call.textContent = `${name}()`;
      call.hidden = false;
      resultView.waiting(source, text);
      codeView.show("");
      serverView.clear();
    },

    show: resultView.show,

    /** As before the first call. */
    clear() {
      call.hidden = true;
      resultView.clear();
      codeView.show("");
      stepsView.clear();
      serverView.clear();
    },

    /** Shows what the browser supports. */
    async showSupport() {
      const { webauthn, platformAuthenticator, autofill, capabilities } = await support();
      const items = [
        ["WebAuthn", webauthn],
        ["Screen lock", platformAuthenticator],
        ["Autofill", autofill],
        ["Immediate sign-in", capabilities.immediateGet === true],
      ];
      features.replaceChildren(
        ...items.map(([feature, has]) =>
          element("li", { "data-has": has }, feature, element("span", { class: "hidden" }, has ? ": yes" : ": no")),
        ),
      );
    },
  };
}
