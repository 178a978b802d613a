// Writes a call of the package as the code that a page would have: from its own argument and settings, without the secrets.

/** The longest object in one line. */
const SHORT = 56;
/** The properties that a page takes from its server's response; the rest are written out. */
const FROM_SERVER = new Set(["credentialRequestOptions", "credentialCreationOptions", "userId", "statusToken"]);

/**
 * `name(argument, settings)` of the main entry, as code.
 *
 * @param {string} name
 * @param {object} argument
 * @param {object} settings
 * @param {{ defaults: object, from: string, note?: string }} context `defaults` are those of `configure`; `from` is the variable
 *   with the server's response; `note` is a comment above the call
 */
export function formatCall(name, argument, settings, { defaults, from, note }) {
  const given = Object.keys(argument).filter((key) => argument[key] !== undefined && FROM_SERVER.has(key));
  return lines(
    `import { configure, ${name} } from "webauthn-result";`,
    "",
    `configure(${formatObject(defaults)});`,
    "",
    given.length > 0 && `// Your server's response.`,
    given.length > 0 && `const { ${given.join(", ")} } = ${from};`,
    ...controllerOf(settings),
    "",
    note && `// ${note}`,
    `const result = await ${name}(${formatArguments(argument, settings)});`,
  );
}

/** Autofill, with the functions of the page. */
export const AUTOFILL = lines(
  'import { autofill } from "webauthn-result/autofill";',
  "",
  "// Resolves to your server's response: { credentialRequestOptions, statusToken }",
  'const startApproval = async () => (await fetch("/api/approve", { method: "POST" })).json();',
  "",
  "const offer = autofill(startApproval, {",
  "  onResult: (result) => console.log(result),",
  "  onError: (error) => console.error(error),",
  "});",
  "// offer.stop() ends it.",
);

/**
 * A method of the client for push and TOTP, as code.
 *
 * @param {object} options of the client
 * @param {string} email
 * @param {{ bindingMessage?: string, timeout?: number, digits?: string }} more either the request and its poll, or the code
 */
export function formatCiba(options, email, { bindingMessage, timeout, digits }) {
  const steps = digits
    ? [`const result = await client.verifyTotp(${JSON.stringify(email)}, ${JSON.stringify(digits)});`]
    : [
        `const email = ${JSON.stringify(email)};`,
        "const request = await client.initiateAppApproval(email, {",
        `  bindingMessage: ${JSON.stringify(bindingMessage)},`,
        "});",
        ...(timeout
          ? [
              "const result = await client.pollForApproval(email, request.auth_req_id, {",
              `  timeout: ${timeout},`,
              "});",
            ]
          : []),
      ];
  return lines(
    'import { CIBAClient } from "webauthn-result/ciba";',
    "",
    `const client = new CIBAClient(${formatObject(options)});`,
    ...steps,
  );
}

function lines(...parts) {
  return parts.filter((part) => typeof part === "string").join("\n");
}

function controllerOf(/** @type {{ signal?: AbortSignal }} */ { signal }) {
  return signal ? ["const controller = new AbortController();"] : [];
}

/** The arguments of a call: in one line if they are short. */
function formatArguments(...objects) {
  const given = objects.map(membersOf).filter((members) => members.length > 0);
  const short = given.map((members) => `{ ${members.join(", ")} }`).join(", ");
  if (short.length <= SHORT) return short;
  return `\n${given.map((members) => `  ${formatMembers(members, "  ")},\n`).join("")}`;
}

function formatObject(object) {
  return formatMembers(membersOf(object), "");
}

function formatMembers(members, indent) {
  const short = `{ ${members.join(", ")} }`;
  if (short.length <= SHORT) return short;
  return `{\n${members.map((member) => `${indent}  ${member},\n`).join("")}${indent}}`;
}

function membersOf(object) {
  return Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => formatMember(key, value));
}

function formatMember(key, value) {
  if (FROM_SERVER.has(key)) return key;
  if (key === "signal") return "signal: controller.signal";
  if (key === "onCredential") return "onCredential: ({ id }) => console.log(id)";
  if (typeof value === "function") return `${key}: (stage) => console.log(stage)`;
  return `${key}: ${JSON.stringify(value)}`;
}
