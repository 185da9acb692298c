import { defineConfig } from "tsup";
import { base } from "../tsup.base.js";
import { internalNames } from "./internal-names.js";
import { forBundlers, minified } from "./minified.js";

// Two builds of the same source: one that explains itself to developers, and one for bundlers in
// production mode, which carries the engine with it so that internal names can be shortened.
export default defineConfig([
  { ...base, entry: ["src/index.ts", "src/lean.ts", "src/sentry.ts"], define: { __DEV__: "true" } },
  {
    ...base,
    entry: {
      "index.production": "src/index.ts",
      "lean.production": "src/lean.ts",
      "sentry.production": "src/sentry.ts",
    },
    define: { __DEV__: "false" },
    noExternal: ["@spanmeter/core"],
    esbuildOptions(options) {
      options.mangleProps = internalNames;
      // Constants find their places before everything is one file.
      options.minifySyntax = true;
    },
    // Each entry carries the engine with it, as one file whose parts a bundler can leave out.
    splitting: false,
    plugins: [minified(forBundlers)],
    dts: false,
    clean: false,
  },
]);
