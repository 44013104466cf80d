// Rules for the portal's scripts: syntax and APIs of the oldest browsers that readers have. OldBrowserTests runs them.
import { createRequire } from "node:module";
import compat from "eslint-plugin-compat";
import es from "eslint-plugin-es-x";

const bcd = createRequire(import.meta.url)("@mdn/browser-compat-data");

// iOS 12, Chrome 61, Android WebView 64. UC Browser 12 and Cốc Cốc of 2018 have the engines of Chrome 57 and 63.
const BROWSERS = ["chrome 57", "chrome 61", "chrome 64", "ios_saf 12.0-12.1", "safari 12", "firefox 60", "samsung 7.2"];
const OLDEST = { chrome: 57, safari_ios: 12 };

// APIs whose presence the scripts test. The browser tests remove them.
const OPTIONAL = [
  "AbortController", "caches", "document.prerendering", "navigator.clipboard", "navigator.locks",
  "navigator.serviceWorker", "navigator.share", "speechSynthesis", "SpeechSynthesisUtterance",
];
const OPTIONAL_METHODS = ["request", "share", "showModal", "writeText"];

function isSupported(feature) {
  return Object.entries(OLDEST).every(([browser, version]) => [feature.__compat.support[browser] ?? []].flat().some(
    (entry) => entry.version_added && !entry.flags && parseFloat(entry.version_added.replace("≤", "")) <= version));
}

// eslint-plugin-compat sees globals and static methods. A method of an object is known by its name alone, so this rule
// reports a call when no interface has a method of that name in the oldest browsers.
const methods = new Map();
for (const interfaces of [bcd.api, bcd.javascript.builtins]) {
  for (const [name, feature] of Object.values(interfaces).flatMap(Object.entries)) {
    if (feature.__compat) {
      methods.set(name, methods.get(name) || isSupported(feature));
    }
  }
}
const oldMethods = {
  create: (context) => ({
    "CallExpression > MemberExpression.callee"(node) {
      const name = node.computed ? node.property.value : node.property.name;
      if (methods.get(name) === false && !OPTIONAL_METHODS.includes(name)) {
        context.report({ node, message: `'${name}' is not supported in the oldest browsers` });
      }
    },
  }),
};

// The rules go by name and would confuse methods of arrays with those of iterators, which the scripts do not use.
const notIterators = Object.fromEntries(Object.keys(es.rules)
  .filter((name) => name.startsWith("no-iterator-prototype-"))
  .map((name) => ["es-x/" + name, "off"]));

const LATER = ["visits", "enlarge", "listen", "offline", "worker", "worker-off"].map((name) => `**/${name}.js`);

const edition = (version) => ({
  plugins: { "es-x": es },
  languageOptions: { ecmaVersion: version, sourceType: "script" },
  settings: { "es-x": { aggressive: true } },
  rules: { ...es.configs[`flat/restrict-to-es${version}`].rules, ...notIterators },
});

export default [
  // Only editors load it.
  { ignores: ["**/reload.js"] },
  {
    files: ["**/*.js"],
    linterOptions: { noInlineConfig: true },
    plugins: { compat, portal: { rules: { "old-methods": oldMethods } } },
    settings: { browsers: BROWSERS, polyfills: OPTIONAL },
    rules: {
      "compat/compat": "error",
      "portal/old-methods": "error",
      // es-x does not report it, because it is not a global of the editions below.
      "no-restricted-globals": ["error", "globalThis"],
    },
  },
  // reading.js must run in every browser with script: it is the fallback for visits.js, and loads later.js.
  { files: ["**/*.js"], ignores: LATER, ...edition(5) },
  { files: LATER, ...edition(2017) },
];
