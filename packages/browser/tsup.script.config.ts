import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig } from "tsup";
import { internalNames } from "./internal-names.js";
import { forScript, minified } from "./minified.js";

const inPackage = (path: string): string => join(import.meta.dirname, path);

/** The ready-made file for a `<script>` tag: all but policies in one, with the global `Spanmeter`. */
export default defineConfig({
  entry: { "spanmeter.min": "src/script.ts" },
  format: ["iife"],
  globalName: "Spanmeter",
  target: "es2021",
  platform: "browser",
  noExternal: [/.*/],
  define: { "process.env.NODE_ENV": '"production"', __DEV__: "false" },
  esbuildOptions(options) {
    options.mangleProps = internalNames;
    options.minifySyntax = true;
  },
  // Makes the global out of plain exports, without the getters that esbuild gives it.
  treeshake: true,
  plugins: [minified(forScript)],
  silent: true,
  sourcemap: true,
  outExtension: () => ({ js: ".js" }),
  onSuccess: () => copyFile(inPackage("script.d.ts"), inPackage("dist/spanmeter.min.d.ts")),
});
