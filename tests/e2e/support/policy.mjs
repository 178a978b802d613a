// Watches for violations of the page's Content-Security-Policy.

/** Collects what the policy of `page` blocks, one line per violation. Call it before the page loads. */
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
