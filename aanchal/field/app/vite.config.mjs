import path from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;
const enketo = path.join(here, "node_modules/enketo-core/src/js");
const form = (name) => path.join(here, "src/form", name);

// What Enketo leaves to the program around it, and what a phone form does not need: swiping and digests.
const alias = {
  "enketo/config": form("config.js"),
  "enketo/dialog": form("dialog.js"),
  "enketo/file-manager": path.join(enketo, "file-manager.js"),
  "enketo/translator": form("translator.js"),
  "enketo/widgets": form("widgets.js"),
  "enketo/xpath-evaluator-binding": path.join(enketo, "xpath-evaluator-binding.js"),
  "jquery-touchswipe": form("left_out.js"),
  "node-forge": form("left_out.js"),
};

// Where Enketo writes what our content policy refuses, or what a screen reader stumbles over. The build fails where it no longer finds them.
const CHANGES = {
  "enketo-core/src/js/form.js": [[/this\.view\.\$\.attr\('onsubmit'[^;]*;'\);/, ""]], // the engine stops the form's own submission instead
  "enketo-core/src/js/itemset.js": [["input.setAttribute(attr, attributes[attr]);", "if (attr !== 'style') input.setAttribute(attr, attributes[attr]);"]],
  "enketo-core/src/js/page.js": [
    ["setAttribute('role', 'page')", "setAttribute('data-role', 'page')"], // no role of ARIA
    [/\[role="page"\]/g, '[data-role="page"]'],
    ["this.$btnNext.attr('tabindex', 2);", ""], // the order of the page is the order of the Tab key
    ["setAttribute('tabindex', 1)", "setAttribute('tabindex', -1)"],
  ],
  "mergexml/mergexml.js": [ // it provokes an error of the parser to learn its namespace; Chromium tells errors with a style of their own
    ["f = psr.parseFromString('<invalid', 'text/xml');", ""],
    ["f.getElementsByTagName('parsererror')[0].namespaceURI", `(/firefox/i.test(navigator.userAgent)
      ? 'http://www.mozilla.org/newlayout/xml/parsererror.xml' : 'http://www.w3.org/1999/xhtml')`],
  ],
};
const adapted = {
  name: "adapted",
  transform(code, id) {
    const part = Object.keys(CHANGES).find((one) => id.endsWith(one));
    if (!part) return undefined;
    return CHANGES[part].reduce((before, change) => {
      const after = before.replace(...change);
      if (after === before) throw new Error(`${part} is not as expected: ${change[0]}`);
      return after;
    }, code);
  },
};

export default defineConfig({
  root: path.join(here, "src"),
  base: "./",
  publicDir: false,
  plugins: [adapted],
  resolve: { alias: Object.entries(alias).map(([find, replacement]) => ({ find: new RegExp(`^${find}(/.*)?$`), replacement })) },
  build: {
    outDir: path.join(here, "../static/field/app"),
    emptyOutDir: true,
    assetsDir: "",
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    target: "es2020",
    rollupOptions: { input: path.join(here, "src/main.js") },
  },
});
