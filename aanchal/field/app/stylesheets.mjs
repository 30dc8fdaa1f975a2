// The two stylesheets that turn an XForm into Enketo's HTML and model, as files for the server (field/enketo.py).
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const within = path.join(import.meta.dirname, "node_modules/enketo-transformer/dist/enketo-transformer/xsl");
const out = path.join(import.meta.dirname, "xsl");
const require = createRequire(import.meta.url);
mkdirSync(out, { recursive: true });
for (const name of ["openrosa2html5form", "openrosa2xmlmodel"]) {
  const sheet = require(path.join(within, `${name}.xsl.cjs`));
  writeFileSync(path.join(out, `${name}.xsl`), sheet.default ?? sheet);
}
