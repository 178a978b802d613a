// The root's `prepack`, which always fails: a tarball of the root would lack the folders for old resolvers, and contain
// unneeded files.
//
// `npm pack` and `npm publish` both run this. `"private": true` in package.json also stops `npm publish --ignore-scripts`
// and other clients. The published package.json has neither.

import { ExpectedFailure, runScript } from "../failure.mjs";

await runScript(async () => {
  throw new ExpectedFailure("Nothing is packed from the root of the repository. Run: npm run release");
});
