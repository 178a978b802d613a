// docs/consumers.md: what was run, in which version, with which result.

/** Its text for `rows` of `{ consumer, versions, result }`, run in this version of Chromium. */
export const document = (rows, chromium) => `# What takes the package as it is

Each of these is a small project of its own, with its tool's default configuration. \`npm run test:consumers\` installs the packed
tarball in it, builds it, and creates a passkey and approves with it on its page, in Chromium ${chromium}, against the local cloud; both
tokens are confirmed by introspection, and neither the tool nor the page's console may complain. That command writes this file.

| project | versions | result |
|---|---|---|
${rows
  .map(
    ({ consumer, versions, result }) =>
      `| [${consumer.name}](../tests/consumers/${consumer.folder}) | ${versions || "-"} | ${result} |`,
  )
  .join("\n")}

Rollup resolves no packages by itself, so it has its usual plugin for that. Where no entry is named, it is \`webauthn-result\`, which
carries the module inside. \`webauthn-result/url\` is for tools that understand \`new URL("…", import.meta.url)\` by themselves, which
Rollup, esbuild and the dev servers of older Vites do not.
`;
