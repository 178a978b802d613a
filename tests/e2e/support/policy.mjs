// The page's Content-Security-Policy, as the tests watch it.

/** Collects what the policy of `page` blocks, from before it is loaded: one line for each violation. */
export const watchPolicy = async (page) => {
  const violations = [];
  await page.exposeFunction("reportViolation", (violation) => violations.push(violation));
  await page.addInitScript(() =>
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) =>
      globalThis.reportViolation([effectiveDirective, blockedURI, sample].join(" ")),
    ),
  );
  return violations;
};
