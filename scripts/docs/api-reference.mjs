// Creates docs/api.md, the API reference, from the type declarations.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { SyntaxKind } from "typescript/unstable/ast";
// The unstable API is the only parser of TypeScript 7; package.json pins its version.
import { API } from "typescript/unstable/sync";

import { anchorsOf } from "../markdown.mjs";
import { root } from "../run.mjs";

const NOTES = {
  "webauthn-result":
    "`webauthn-result/url` exports the same. The classic script defines the same functions as properties of the global\n`webauthnResult`; `webauthn-result/script` [declares that global for TypeScript](typescript.md#the-classic-script).",
  "webauthn-result/react": "The types are those of the other bindings, too.",
};

const INTRODUCTION = `# API reference

Look up every export of each entry of the package, with its types and an example.

This page is generated from the type declarations. To change it, change those and run \`npm run docs:api\`.
`;

/** Returns the content of docs/api.md. */
export const apiReference = async () => {
  const entries = await parse(await entriesOf());
  const all = entries.flatMap(({ items }) => items);
  const anchors = createAnchors(all.map(({ name }) => name));
  const link = createLink(
    all.map(({ name }) => name),
    anchors,
  );
  const types = all.filter((item) => !isValue(item)).map(({ name }) => name);
  const contents = entries.map(
    ({ name, items }) =>
      `- \`${name}\`:\n  ${items.map((item) => `[${item.name}](#${anchors[all.indexOf(item)]})`).join(",\n  ")}`,
  );
  const sections = entries.map(({ name, items }) =>
    [`## ${name}`, NOTES[name], ...items.map((item) => section(item, types, link))].filter(Boolean).join("\n\n"),
  );
  return `${[INTRODUCTION.trimEnd(), contents.join("\n"), ...sections].join("\n\n")}\n`;
};

/** The package's entries with their own types: `{ name, file }`. */
const entriesOf = async () => {
  const { name, exports } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  return Object.entries(exports)
    .map(([path, target]) => ({ name: name + path.slice(1), types: target.import?.types }))
    .filter(({ types }) => types)
    .map((entry) => ({ name: entry.name, file: entry.types.replace("./pkg/", "js/") }));
};

/** Parses the declarations: each with its name, its code and its doc comment. */
const parse = async (entries) => {
  const folder = await mkdtemp(join(tmpdir(), "webauthn-result-api-"));
  const files = entries.map(({ file }) => join(root, file));
  const project = join(folder, "tsconfig.json");
  await writeFile(project, JSON.stringify({ compilerOptions: { noLib: true, types: [] }, files }));
  const api = new API({ cwd: root });
  try {
    const { program } = api.updateSnapshot({ openProjects: [project] }).getProjects()[0];
    const described = new Set();
    return entries.map((entry, at) => {
      // What several entries re-export is described with the first.
      const items = itemsOf(program, files[at]).filter(({ declaration }) => !described.has(declaration));
      for (const { declaration } of items) described.add(declaration);
      // Values come before types.
      return { ...entry, items: [...items.filter(isValue), ...items.filter((item) => !isValue(item))] };
    });
  } finally {
    api.close();
    await rm(folder, { recursive: true });
  }
};

/** The declarations in a file, then those that it re-exports from others. */
const itemsOf = (program, file) => {
  const source = program.getSourceFile(file);
  // Not the library's own, which `declare global` completes.
  const declared = source.statements.filter((node) => nameOf(node) && node.kind !== SyntaxKind.ModuleDeclaration);
  const items = declared.map((statement) => read(source, statement));
  // The last signature of a function is its main one, and is described first.
  items.sort((one, other) => (one.name === other.name ? items.indexOf(other) - items.indexOf(one) : 0));
  const others = source.statements.filter(({ kind }) => kind === SyntaxKind.ExportDeclaration);
  const paths = others.map(({ moduleSpecifier }) => moduleSpecifier?.text.replace(/\.(c?)js$/, ".d.$1ts"));
  return [...items, ...paths.filter(Boolean).flatMap((path) => itemsOf(program, join(dirname(file), path)))];
};

const VALUES = [SyntaxKind.FunctionDeclaration, SyntaxKind.ClassDeclaration, SyntaxKind.VariableStatement];

const isValue = ({ kind }) => VALUES.includes(kind);

/** The name of a declaration. A constant is a list of one. */
const nameOf = ({ name, declarationList }) => (name ?? declarationList?.declarations[0].name)?.text;

const read = (source, statement) => {
  const comment = statement.jsDoc?.at(-1);
  if (!comment) throw new Error(`${nameOf(statement)} has no doc comment`);
  const declaration = source.text.slice(comment.end, statement.end).trim();
  return {
    kind: statement.kind,
    name: nameOf(statement),
    // A constant without a value needs the word.
    declaration: declaration.replace(statement.declarationList ? /^export / : /^(?:export |declare )+/, ""),
    // Its position may be that of another comment before it.
    ...readComment(source.text.slice(comment.pos, comment.end).replace(/^[\s\S]*(?=\/\*\*)/, "")),
  };
};

/** A doc comment as `{ description, tags: [{ name, text }] }`. */
const readComment = (comment) => {
  const lines = comment
    .trim()
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd());
  const [description, ...tags] = lines.join("\n").split(/^@/m);
  return {
    description: description.trim(),
    tags: tags.map((tag) => {
      const [, name, text] = /^(\w+)([\s\S]*)$/.exec(tag);
      return { name, text: text.trim() };
    }),
  };
};

/** A link to an export, or to a member of one. */
const LINK = /\{@link (\w+)(?:\.(\w+))?\}/g;

const section = ({ name, declaration, description, tags }, types, link) => {
  const texts = (wanted) => tags.filter((tag) => tag.name === wanted).map(({ text }) => text);
  const parameters = texts("param").map((text) => text.replace(/^(\w+)\s+/, "- `$1`: "));
  const code = declaration.replace(/\/\*[\s\S]*?\*\//g, "");
  const used = types.filter((other) => other !== name && new RegExp(`\\b${other}\\b`).test(code));
  return [
    `### ${name}`,
    description.replace(/\bdocs\/(\w+\.md)/g, "[$&]($1)"),
    fence(declaration.replace(LINK, (_, name, member) => member ?? name)),
    parameters.join("\n"),
    ...texts("returns").map((text) => `Returns ${text}.`),
    ...texts("throws").map((text) => `Throws ${text.replace(/^(\w+)/, "`$1`")}`),
    used.length && `Types:\n\n${[...new Set(used)].map((name) => `- ${link(name)}`).join("\n")}`,
    ...texts("example").map((text) => `Example:\n\n${text.includes("```") ? text : fence(text)}`),
  ]
    .filter(Boolean)
    .map((part) => part.replace(LINK, (_, other, member) => link(other, member)))
    .join("\n\n");
};

const fence = (code) => `\`\`\`ts\n${code}\n\`\`\``;

/** Anchors of names that are the same, or differ by case only, are numbered: `support`, `Support`. */
const createAnchors = (names) => anchorsOf(names.map((name) => `### ${name}`).join("\n"));

/** Returns the function that links to a name, or by the name of one of its members. Of several, it is the first. */
const createLink =
  (names, anchors) =>
  (name, member = name) =>
    `[${member}](#${anchors[names.indexOf(name)]})`;
