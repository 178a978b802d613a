// Globals that scripts and tests define in pages.

/** By `install` of tests/e2e/support/in-page.mjs. */
declare var e2e: {
  module: typeof import("../js/index.d.ts");
  calls: {
    controller: AbortController;
    settled: boolean;
    reached(stage: string): Promise<void>;
    outcome: Promise<object>;
  }[];
  observe(result: object): Promise<object>;
  begin(name: string, argument: object, settings: object): number;
  restore(): void;
};

/** By scripts/bench/page/ceremony.mjs, which scripts/bench/ceremony.mjs evaluates. */
declare var ceremony: typeof import("./bench/page/ceremony.mjs");

/** By scripts/bench/page/index.mjs: calls a function with arguments in JSON, and resolves to its result in JSON. */
declare var bench: (name: string, values: string) => Promise<string>;
