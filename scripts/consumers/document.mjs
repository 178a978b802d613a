// Creates docs/consumers.md: the projects, the versions of their tools, and when they last passed.

const INLINED = "The default entry, by the condition `development`.";

const row = ({ consumer: { name, folder, note, inlined }, versions, date }) => {
  const notes = [note, inlined && INLINED].filter(Boolean).join(" ");
  return `| [${name}](../tests/consumers/${folder}) | ${versions || "-"} | ${date} | ${notes} |`;
};

/** The page for `rows` of `{ consumer, versions, date }`. `chromium` is the version of the browser. */
export const document = (rows, chromium) => `# Tested tools

Check whether your bundler, framework, test runner or server runtime is tested with the package, in which version, and when.

Each row is a small project with the default configuration of its tool, and passed on the day that it has. Those of React, Vue, Svelte,
Next.js, Angular, SvelteKit, TanStack Start and Rsbuild are the projects that \`npm create vite\`, \`create-next-app --empty\`, \`ng new\`, \`sv create\`,
\`tanstack create --blank\` and \`create-rsbuild\` make, with the files and changes of their [quick starts](quick-start.md) if they have one.
\`npm run test:consumers\` installs the packed tarball, runs the project's linter, type check and build, and creates a passkey and approves
with it on the project's page, in Chromium ${chromium}, against the local cloud. Both tokens are introspected, and neither
the tool nor the page's console may print a warning. A double click must lead to one approval. If the backend's response is lost, a
second verification must succeed. Pages of the bindings also send a push, which is decided on the phone. Pages that are rendered on a
server have their buttons in its HTML. The projects of Vitest, Jest, Playwright and Storybook run the tests of [Testing your pages](testing.md).
\`npm run test:consumers -- all\` also runs the rows after those of workerd. With \`--write\`, the command also writes this page.

| project | versions | passed | note |
|---|---|---|---|
${rows.map(row).join("\n")}

Rollup needs a plugin to resolve packages. The default entry is \`webauthn-result\`, which contains the module.
[\`webauthn-result/url\`](loading.md#webauthn-resulturl) is for tools that support \`new URL("…", import.meta.url)\` in packages.
`;
