// Creates docs/consumers.md: the projects, the versions of their tools, and the results.

/** The page for `rows` of `{ consumer, versions, result }`. `chromium` is the version of the browser. */
export const document = (rows, chromium) => `# Tested tools

Check whether your bundler, framework, test runner or server runtime is tested with the package, and in which version.

Each row is a small project with the default configuration of its tool. Those of React, Vue, Svelte and Next.js are the projects that
\`npm create vite\` and \`create-next-app --empty\` make, with the files and changes of their [quick starts](quick-start.md).
\`npm run test:consumers\` installs the packed tarball, runs the project's linter and build, and creates a passkey and approves
with it on the project's page, in Chromium ${chromium}, against the local cloud. Both tokens are introspected, and neither
the tool nor the page's console may print a warning. A double click must lead to one approval. If the backend's response is lost, a
second verification must succeed. Pages of the bindings also send a push, which is decided on the phone. The projects of Vitest,
Jest, Playwright and Storybook run the tests of [Testing your pages](testing.md). With \`-- --write\`, the command also writes this page.

| project | versions | result |
|---|---|---|
${rows
  .map(
    ({ consumer, versions, result }) =>
      `| [${consumer.name}](../tests/consumers/${consumer.folder}) | ${versions || "-"} | ${result} |`,
  )
  .join("\n")}

Rollup needs a plugin to resolve packages. The default entry is \`webauthn-result\`, which contains the module.
\`webauthn-result/url\` is for tools that support \`new URL("…", import.meta.url)\`; Rollup, esbuild and the dev servers of older
versions of Vite do not.
`;
