// The page of all result codes: the user brings each about, and sees the result object.

import { createCodeFilter } from "./code-filter.js";
import { createCodePanel } from "./code-panel.js";
import { createInspector } from "./inspector.js";
import { createJourneys } from "./journey.js";
import { connect } from "./page.js";
import { createWaiting } from "./waiting.js";

await connect();
const inspector = createInspector({ key: "inspector-of-codes", isOpen: false });
inspector.showSupport();
const waiting = createWaiting({ onCancel: () => journeys.cancel() });
const journeys = createJourneys({
  inspector,
  onBusy: (control) => (control ? waiting.start(control) : waiting.end()),
});
const filter = createCodeFilter(createCodePanel({ ...journeys, onChange: () => filter.apply() }));
