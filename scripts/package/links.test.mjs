// The links of published pages work, wherever the repository is hosted.

import assert from "node:assert/strict";
import { test } from "node:test";

import { publishLinks } from "./links.mjs";

const published = ["README.md", "docs", "docs/csp.md", "docs/chart.svg"];

const publish = (text, repository = "") =>
  publishLinks(text, { path: "docs/csp.md", published, manifest: { version: "1.2.3", repository } });

test("a link to a published file or folder, to an anchor or to the web stays", () => {
  for (const link of [
    "[a](../README.md#use)",
    "[a](../docs)",
    "[a](#here)",
    "[a](https://host.example/x)",
    "[a](mailto:a@host.example)",
    "![a](chart.svg)",
  ])
    assert.equal(publish(link, "github:owner/name"), link);
});

test("a link to anything else goes to the version's tag where the repository is hosted", () => {
  for (const repository of ["github:owner/name", { type: "git", url: "git+https://github.com/owner/name.git" }]) {
    assert.equal(
      publish("See [the cloud](../local-cloud/README.md#routes).", repository),
      "See [the cloud](https://github.com/owner/name/blob/v1.2.3/local-cloud/README.md#routes).",
    );
    assert.equal(
      publish("[projects](../tests/consumers)", repository),
      "[projects](https://github.com/owner/name/tree/v1.2.3/tests/consumers)",
    );
  }
  assert.equal(
    publish("[x](../a.md)", "https://gitlab.com/owner/name"),
    "[x](https://gitlab.com/owner/name/tree/v1.2.3/a.md)",
  );
});

test("without a repository, or on a host that nobody knows, it becomes plain text", () => {
  for (const repository of ["", "https://git.host.example/owner/name.git"])
    assert.equal(publish("See [the cloud](../local-cloud/README.md).", repository), "See the cloud.");
});

test("code is left alone", () => {
  const code = "```js\nconst call = [a](../b.md);\n```\n";
  assert.equal(publish(`${code}[a](../b.md)\n${code}`), `${code}a\n${code}`);
});
